using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ocid.Linux;

/// <summary>
/// Static programs of a few system calls. A process of one costs a few kilobytes, where another run of this program would cost megabytes and a tenth of a second.
/// </summary>
/// <remarks>https://man7.org/linux/man-pages/man5/elf.5.html</remarks>
public static class TinyProgram
{
    private const int HeaderSize = 64, ProgramHeaderSize = 56, LoadAddress = 0x400000;
    private const ushort MachineX64 = 62, MachineArm64 = 183;

    /// <summary>The program's file for this machine's processor.</summary>
    /// <param name="x64">Position-independent machine code that begins with its first instruction.</param>
    /// <param name="arm64">The same for the other processor.</param>
    public static byte[] Of(ReadOnlySpan<byte> x64, ReadOnlySpan<byte> arm64) => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => Elf(MachineX64, x64),
        Architecture.Arm64 => Elf(MachineArm64, arm64),
        var other => throw new PlatformNotSupportedException($"no machine code for {other}"),
    };

    // An ELF header, one program header that maps the whole file readable and executable, and the code behind them.
    private static byte[] Elf(ushort machine, ReadOnlySpan<byte> code)
    {
        const int entry = HeaderSize + ProgramHeaderSize;
        var file = new byte[entry + code.Length];
        ReadOnlySpan<byte> identity = [0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1, 1];
        identity.CopyTo(file);
        Put16(file, 16, 2);                      // e_type: executable
        Put16(file, 18, machine);
        Put32(file, 20, 1);                      // e_version
        Put64(file, 24, LoadAddress + entry);
        Put64(file, 32, HeaderSize);             // e_phoff
        Put16(file, 52, HeaderSize);
        Put16(file, 54, ProgramHeaderSize);
        Put16(file, 56, 1);                      // e_phnum

        var program = file.AsSpan(HeaderSize);
        Put32(program, 0, 1);                    // p_type: load
        Put32(program, 4, 5);                    // p_flags: read, execute
        Put64(program, 16, LoadAddress);         // p_vaddr
        Put64(program, 24, LoadAddress);
        Put64(program, 32, (ulong)file.Length);  // p_filesz
        Put64(program, 40, (ulong)file.Length);
        Put64(program, 48, 0x1000);              // p_align

        code.CopyTo(file.AsSpan(entry));
        return file;
    }

    private static void Put16(Span<byte> at, int offset, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(at[offset..], value);

    private static void Put32(Span<byte> at, int offset, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(at[offset..], value);

    private static void Put64(Span<byte> at, int offset, ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(at[offset..], value);
}
