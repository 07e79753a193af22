using System.Runtime.InteropServices;

namespace Ocid.Linux.Namespaces;

// asm/unistd.h of x86-64, and the generic table that arm64 uses.
internal static class SyscallNumbers
{
    private static readonly bool X64 = RuntimeInformation.ProcessArchitecture == Architecture.X64;

    public static readonly nint write = X64 ? 1 : 64;
    public static readonly nint close = X64 ? 3 : 57;
    public static readonly nint ioctl = X64 ? 16 : 29;
    public static readonly nint socket = X64 ? 41 : 198;
    public static readonly nint setresuid = X64 ? 117 : 147;
    public static readonly nint mount = X64 ? 165 : 40;
    public static readonly nint umount2 = X64 ? 166 : 39;
    public static readonly nint sethostname = X64 ? 170 : 161;
    public static readonly nint openat = X64 ? 257 : 56;
    public static readonly nint unshare = X64 ? 272 : 97;
    public static readonly nint setns = X64 ? 308 : 268;
}
