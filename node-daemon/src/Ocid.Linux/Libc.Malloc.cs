using System.Runtime.InteropServices;

namespace Ocid.Linux;

// malloc.h
internal static partial class Libc
{
    internal const int M_TRIM_THRESHOLD = -1;
    internal const int M_MMAP_THRESHOLD = -3;
    internal const int M_ARENA_MAX = -8;

    [LibraryImport(Library)]
    internal static partial int mallopt(int param, int value);

    [LibraryImport(Library)]
    internal static partial int malloc_trim(nuint pad);
}
