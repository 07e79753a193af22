using Ocid.Linux;

namespace Ocid.Cri.Pods;

/// <summary>
/// The first process of a PID namespace that a pod's containers share: a static program of two system calls. It ignores
/// SIGCHLD, for which the kernel reaps whatever becomes its child, and then sleeps. A program of this size costs a few
/// kilobytes where the daemon's own file would cost megabytes a pod.
/// </summary>
internal static class PodInit
{
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
    public static byte[] Program() => TinyProgram.Of(CodeX64, CodeArm64);
}
