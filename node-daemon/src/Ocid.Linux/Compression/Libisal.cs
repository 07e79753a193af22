using System.Runtime.InteropServices;

namespace Ocid.Linux.Compression;

// isa-l/igzip_lib.h. The library is opened where the machine has it; nothing but speed depends on it.
internal static unsafe partial class Libisal
{
    public const string Library = "libisal.so.2";

    public const int ISAL_DECOMP_OK = 0;
    public const int ISAL_END_INPUT = 1;
    public const uint ISAL_GZIP = 1;
    public const int ISAL_BLOCK_FINISH = 5;

    /// <summary>More than any version's <c>struct inflate_state</c> (87368 bytes in 2.30 and 2.31).</summary>
    public const int StateSize = 128 * 1024;

    /// <summary>The members of <c>struct inflate_state</c> that a caller sets and reads; between them are its tables.</summary>
    [StructLayout(LayoutKind.Explicit)]
    public struct inflate_state
    {
        [FieldOffset(0)]
        public byte* next_out;
        [FieldOffset(8)]
        public uint avail_out;
        [FieldOffset(16)]
        public byte* next_in;
        [FieldOffset(32)]
        public uint avail_in;
        [FieldOffset(21160)]
        public int block_state;
        [FieldOffset(21172)]
        public uint crc_flag;
    }

    [LibraryImport(Library)]
    public static partial void isal_inflate_init(inflate_state* state);

    [LibraryImport(Library)]
    public static partial void isal_inflate_reset(inflate_state* state);

    [LibraryImport(Library)]
    public static partial int isal_inflate(inflate_state* state);

    /// <summary>Whether the library is there and lays its state out as above: it must inflate a few known bytes.</summary>
    public static bool IsUsable { get; } = Probe();

    private static bool Probe()
    {
        if (RuntimeInformation.ProcessArchitecture is not (Architecture.X64 or Architecture.Arm64) || !NativeLibrary.TryLoad(Library, typeof(Libisal).Assembly, null, out _))
            return false;

        // "ocid" in gzip
        ReadOnlySpan<byte> known = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 4, 0, 0xfb, 0xff, (byte)'o', (byte)'c', (byte)'i', (byte)'d', 0x9f, 0x38, 0x70, 0xf6, 4, 0, 0, 0];
        Span<byte> text = stackalloc byte[8];
        try
        {
            using var gzip = new IsalGzip();
            return gzip.Run(known, text) == new DecompressorStep(known.Length, 4, true) && text[..4].SequenceEqual("ocid"u8);
        }
        catch (Exception unlike) when (unlike is InvalidDataException or EntryPointNotFoundException)
        {
            return false;
        }
    }
}
