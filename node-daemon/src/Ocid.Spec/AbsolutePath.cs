using Ocid.Primitives;

namespace Ocid.Spec;

internal static class AbsolutePath
{
    // Lexically, as a runtime does inside a root: no "..", no doubled or trailing slash.
    public static string Normalise(string what, string path)
    {
        if (!path.StartsWith('/'))
            throw new OcidException(ErrorKind.InvalidArgument, $"{what} {Quoted.Text(path)}: want an absolute path");

        var parts = new List<string>();
        foreach (var part in path.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (part == "..")
                parts.RemoveRange(Math.Max(0, parts.Count - 1), Math.Min(1, parts.Count));
            else if (part != ".")
                parts.Add(part);
        }

        return "/" + string.Join('/', parts);
    }
}
