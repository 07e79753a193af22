using System.Runtime.InteropServices;

namespace Ocid.Linux;

// sys/resource.h
internal static partial class Libc
{
    internal const int RLIMIT_NOFILE = 7;

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int getrlimit(int resource, out rlimit_t limit);

    [LibraryImport(Library, SetLastError = true)]
    internal static partial int setrlimit(int resource, in rlimit_t limit);

    [StructLayout(LayoutKind.Sequential)]
    internal struct rlimit_t
    {
        public nuint rlim_cur;
        public nuint rlim_max;
    }
}
