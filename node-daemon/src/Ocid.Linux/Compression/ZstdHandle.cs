using System.Runtime.InteropServices;

namespace Ocid.Linux.Compression;

internal sealed class ZstdHandle : SafeHandle
{
    public ZstdHandle()
        : base(0, ownsHandle: true) => SetHandle(Libzstd.ZSTD_createDStream());

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => Libzstd.ZSTD_freeDStream(handle) == 0;
}
