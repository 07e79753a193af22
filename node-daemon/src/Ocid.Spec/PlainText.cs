using Ocid.Primitives;

namespace Ocid.Spec;

// Text that ends up in files read line by line (passwd, hosts, mountinfo, unit names) must not bring lines of its own.
internal static class PlainText
{
    public static int FirstControl(ReadOnlySpan<char> text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsControl(text[i]))
                return i;
        }

        return -1;
    }

    public static void Require(string what, string? text)
    {
        if (text is not null && FirstControl(text) >= 0)
            throw new OcidException(ErrorKind.InvalidArgument, $"{what} {Quoted.Text(text)}: control character");
    }

    // Arguments and values of variables hold scripts and certificates: any text that execve can pass on.
    public static void RequireNoNul(string what, string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
            throw new OcidException(ErrorKind.InvalidArgument, $"{what} {Quoted.Text(text)}: NUL character");
    }
}
