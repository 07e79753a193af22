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

    [LibraryImport(Library)]
    public static partial uint ZSTD_isError(nuint code);

    [LibraryImport(Library)]
    public static partial byte* ZSTD_getErrorName(nuint code);

    public static bool IsUsable { get; } = NativeLibrary.TryLoad(Library, typeof(Libzstd).Assembly, null, out _);
}
