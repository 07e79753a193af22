using System.Text;

namespace Ocid.Primitives;

/// <summary>Untrusted text made safe for an error message or a log line: quoted, control characters escaped, cut at 256 characters.</summary>
public static class Quoted
{
    private const int Longest = 256;

    /// <summary>The text between double quotes.</summary>
    public static string Text(string? text)
    {
        if (text is null)
            return "(none)";

        var quoted = new StringBuilder("\"");
        foreach (var c in text.Length > Longest ? text.AsSpan(0, Longest) : text)
        {
            if (char.IsControl(c))
                quoted.Append($"\\u{(int)c:x4}");
            else
                quoted.Append(c);
        }

        return quoted.Append(text.Length > Longest ? "…\"" : "\"").ToString();
    }
}
