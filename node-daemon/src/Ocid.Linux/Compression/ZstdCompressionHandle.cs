using System.Runtime.InteropServices;

namespace Ocid.Linux.Compression;

internal sealed class ZstdCompressionHandle : SafeHandle
{
    public ZstdCompressionHandle()
        : base(0, ownsHandle: true) => SetHandle(Libzstd.ZSTD_createCCtx());

    public override bool IsInvalid => handle == 0;

    protected override bool ReleaseHandle() => Libzstd.ZSTD_freeCCtx(handle) == 0;
}
