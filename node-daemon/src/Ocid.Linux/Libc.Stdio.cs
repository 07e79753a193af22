using System.Runtime.InteropServices;

namespace Ocid.Linux;

// stdio.h
internal static partial class Libc
{
    [LibraryImport(Library, SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int rename(string from, string to);
}
