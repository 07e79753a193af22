using System.Runtime.InteropServices;

namespace Ocid.Linux.Compression;

// zstd.h. Not part of .NET 10: the system's, or one beside the program.
internal static unsafe partial class Libzstd
{
    public const string Library = "libzstd.so.1";

    [StructLayout(LayoutKind.Sequential)]
    public struct ZSTD_inBuffer
    {
        public byte* src;
        public nuint size;
        public nuint pos;
    }

    [StructLayout(LayoutKind.Sequential)]
    public struct ZSTD_outBuffer
    {
        public byte* dst;
        public nuint size;
        public nuint pos;
    }

    [LibraryImport(Library)]
    public static partial nint ZSTD_createDStream();

    [LibraryImport(Library)]
    public static partial nuint ZSTD_freeDStream(nint stream);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_decompressStream(ZstdHandle stream, ZSTD_outBuffer* output, ZSTD_inBuffer* input);

    // ZSTD_cParameter and ZSTD_EndDirective.
    public const int ZSTD_c_compressionLevel = 100;
    public const int ZSTD_c_checksumFlag = 201;
    public const int ZSTD_e_continue = 0;
    public const int ZSTD_e_end = 2;

    [LibraryImport(Library)]
    public static partial nint ZSTD_createCCtx();

    [LibraryImport(Library)]
    public static partial nuint ZSTD_freeCCtx(nint context);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_CCtx_setParameter(ZstdCompressionHandle context, int parameter, int value);

    [LibraryImport(Library)]
    public static partial nuint ZSTD_compressStream2(ZstdCompressionHandle context, ZSTD_outBuffer* output, ZSTD_inBuffer* input, int endOperation);

    [LibraryImport(Library)]
    public static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Library)]
    public static partial byte* ZSTD_getErrorName(nuint code);

    public static bool IsUsable { get; } = NativeLibrary.TryLoad(Library, typeof(Libzstd).Assembly, null, out _);
}
