using System.Runtime.InteropServices;

namespace Ocid.Linux;

// One file per C header, kernel names kept. Variadic functions are called through syscall(2): their calling convention
// differs on arm64.
internal static partial class Libc
{
    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "strerror_r", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial byte* strerror_r_gnu(int errnum, byte* buf, nuint buflen);

    internal static unsafe string strerror(int errno)
    {
        var buffer = stackalloc byte[128];
        var text = Marshal.PtrToStringUTF8((nint)strerror_r_gnu(errno, buffer, 128)) ?? $"errno {errno}";
        return text.Length > 1 && char.IsUpper(text[0]) && char.IsLower(text[1]) ? char.ToLowerInvariant(text[0]) + text[1..] : text;
    }
}
