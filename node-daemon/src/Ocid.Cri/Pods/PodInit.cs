using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ocid.Cri.Pods;

/// <summary>
/// The first process of a PID namespace that a pod's containers share: a static program of two system calls. It ignores
/// SIGCHLD, for which the kernel reaps whatever becomes its child, and then sleeps. A program of this size costs a few
/// kilobytes where the daemon's own file would cost megabytes a pod.
/// </summary>
internal static class PodInit
{
    private const int HeaderSize = 64, ProgramHeaderSize = 56, LoadAddress = 0x400000;
    private const ushort MachineX64 = 62, MachineArm64 = 183;

    // rt_sigaction(SIGCHLD, { SIG_IGN }, 0, 8); for (;;) pause();
    private static byte[] CodeX64 =>
    [
        0xb8, 0x0d, 0x00, 0x00, 0x00,             // mov eax, 13
        0xbf, 0x11, 0x00, 0x00, 0x00,             // mov edi, 17
        0x48, 0x8d, 0x35, 0x17, 0x00, 0x00, 0x00, // lea rsi, [rip + act]
        0x31, 0xd2,                               // xor edx, edx
        0x41, 0xba, 0x08, 0x00, 0x00, 0x00,       // mov r10d, 8
        0x0f, 0x05,                               // syscall
        0xb8, 0x22, 0x00, 0x00, 0x00,             // l: mov eax, 34
        0x0f, 0x05,                               // syscall
        0xeb, 0xf7,                               // jmp l
        0x0f, 0x1f, 0x40, 0x00,                   // (padding)
        .. SigIgn,
    ];

    // rt_sigaction(SIGCHLD, { SIG_IGN }, 0, 8); for (;;) ppoll(0, 0, 0, 0, 0);
    private static byte[] CodeArm64 =>
    [
        0xc8, 0x10, 0x80, 0xd2, // mov x8, #134
        0x20, 0x02, 0x80, 0xd2, // mov x0, #17
        0x81, 0x01, 0x00, 0x10, // adr x1, act
        0x02, 0x00, 0x80, 0xd2, // mov x2, #0
        0x03, 0x01, 0x80, 0xd2, // mov x3, #8
        0x01, 0x00, 0x00, 0xd4, // svc #0
        0x28, 0x09, 0x80, 0xd2, // l: mov x8, #73
        0x00, 0x00, 0x80, 0xd2, // mov x0, #0
        0x01, 0x00, 0x80, 0xd2, // mov x1, #0
        0x02, 0x00, 0x80, 0xd2, // mov x2, #0
        0x03, 0x00, 0x80, 0xd2, // mov x3, #0
        0x04, 0x00, 0x80, 0xd2, // mov x4, #0
        0x01, 0x00, 0x00, 0xd4, // svc #0
        0xf9, 0xff, 0xff, 0x17, // b l
        .. SigIgn,
    ];

    // struct kernel_sigaction: handler 1 is SIG_IGN; flags, restorer and mask are zero.
    private static byte[] SigIgn => [1, .. new byte[31]];

    /// <summary>The program's file for this machine's processor.</summary>
    public static byte[] Program() => RuntimeInformation.OSArchitecture switch
    {
        Architecture.X64 => Elf(MachineX64, CodeX64),
        Architecture.Arm64 => Elf(MachineArm64, CodeArm64),
        var other => throw new PlatformNotSupportedException($"no pod init for {other}"),
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
