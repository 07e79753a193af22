using System.Runtime.InteropServices;

namespace Ocid.Linux.Compression;

/// <summary>Zeroed native memory, freed even when its owner forgets.</summary>
internal sealed unsafe class NativeMemoryHandle : SafeHandle
{
    public NativeMemoryHandle(nuint size)
        : base(0, ownsHandle: true) => SetHandle((nint)NativeMemory.AllocZeroed(size));

    public override bool IsInvalid => handle == 0;

    public byte* Address => (byte*)handle;

    protected override bool ReleaseHandle()
    {
        NativeMemory.Free((void*)handle);
        return true;
    }
}
