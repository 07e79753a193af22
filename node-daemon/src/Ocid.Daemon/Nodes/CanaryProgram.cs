using System.Buffers.Binary;
using System.Runtime.InteropServices;
using Ocid.Primitives;

namespace Ocid.Daemon.Nodes;

/// <summary>
/// A whole program of some two hundred bytes that writes one line and ends: what a canary pod runs. It is put together here, so that a node needs neither a
/// registry nor a compiler for it.
/// </summary>
/// <remarks>https://man7.org/linux/man-pages/man5/elf.5.html</remarks>
internal static class CanaryProgram
{
    /// <summary>What it writes, without the line feed.</summary>
    public const string Line = "ocid canary";

    private const int HeaderSize = 64;
    private const int SegmentSize = 56;
    private const ulong Address = 0x400000;
    private const ushort X64 = 62;
    private const ushort Arm64 = 183;

    private static readonly byte[] Text = [.. "ocid canary\n"u8];

    /// <summary>The program for a processor.</summary>
    /// <exception cref="OcidException">Unimplemented: for another processor than x86-64 and 64-bit ARM.</exception>
    public static byte[] For(Architecture architecture) => architecture switch
    {
        Architecture.X64 => Elf(X64, X64Code()),
        Architecture.Arm64 => Elf(Arm64, Arm64Code()),
        _ => throw new OcidException(ErrorKind.Unimplemented, $"there is no canary program for {architecture}"),
    };

    // write(1, text, length); exit(0). The text follows the code.
    private static byte[] X64Code() =>
    [
        0xb8, 0x01, 0x00, 0x00, 0x00, // mov eax, 1
        0xbf, 0x01, 0x00, 0x00, 0x00, // mov edi, 1
        0x48, 0x8d, 0x35, 0x10, 0x00, 0x00, 0x00, // lea rsi, [rip + 16]
        0xba, (byte)Text.Length, 0x00, 0x00, 0x00, // mov edx, length
        0x0f, 0x05, // syscall
        0xb8, 0x3c, 0x00, 0x00, 0x00, // mov eax, 60
        0x31, 0xff, // xor edi, edi
        0x0f, 0x05, // syscall
    ];

    private static byte[] Arm64Code()
    {
        uint[] instructions =
        [
            0xd2800020, // mov x0, 1
            0x100000e1, // adr x1, 28 bytes on
            0xd2800002 | (uint)Text.Length << 5, // mov x2, length
            0xd2800808, // mov x8, 64
            0xd4000001, // svc 0
            0xd2800000, // mov x0, 0
            0xd2800ba8, // mov x8, 93
            0xd4000001, // svc 0
        ];
        var code = new byte[instructions.Length * sizeof(uint)];
        for (var i = 0; i < instructions.Length; i++)
            BinaryPrimitives.WriteUInt32LittleEndian(code.AsSpan(i * sizeof(uint)), instructions[i]);
        return code;
    }

    private static byte[] Elf(ushort machine, byte[] code)
    {
        const int start = HeaderSize + SegmentSize;
        var size = start + code.Length + Text.Length;
        var file = new byte[size];
        ReadOnlySpan<byte> identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identity.CopyTo(file);
        Write16(16, 2); // an executable
        Write16(18, machine);
        Write32(20, 1);
        Write64(24, Address + start);
        Write64(32, HeaderSize); // where the one segment is described
        Write16(52, HeaderSize);
        Write16(54, SegmentSize);
        Write16(56, 1);

        Write32(HeaderSize, 1); // to be loaded
        Write32(HeaderSize + 4, 5); // read and execute
        Write64(HeaderSize + 16, Address);
        Write64(HeaderSize + 24, Address);
        Write64(HeaderSize + 32, (ulong)size);
        Write64(HeaderSize + 40, (ulong)size);
        Write64(HeaderSize + 48, 0x1000);

        code.CopyTo(file, start);
        Text.CopyTo(file, start + code.Length);
        return file;

        void Write16(int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(offset), value);
        void Write32(int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(offset), value);
        void Write64(int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(offset), value);
    }
}
