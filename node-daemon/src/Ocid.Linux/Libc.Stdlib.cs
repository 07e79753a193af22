using System.Runtime.InteropServices;

namespace Ocid.Linux;

// stdlib.h
internal static partial class Libc
{
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static unsafe partial byte* realpath(string path, byte* resolved);
}
