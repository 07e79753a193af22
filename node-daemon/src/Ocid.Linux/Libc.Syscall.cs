using System.Runtime.InteropServices;

namespace Ocid.Linux;

// sys/syscall.h. Blittable, and without SetLastError: one stub that runs no managed code between the call and its result, which
// is what code inside another namespace needs (Namespaces/SyscallScript).
internal static partial class Libc
{
    [LibraryImport(Library, EntryPoint = "syscall")]
    internal static partial nint raw_syscall(nint number, nint a, nint b, nint c, nint d, nint e);
}
