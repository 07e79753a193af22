using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ocid.Operator.Rendering;

/// <summary>How a revision's JSON files are written: for people to read, and each content in one form.</summary>
internal static class RevisionText
{
    public static JsonSerializerOptions Json { get; } = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        // Keys are base64: '+' and '/' need no escape in a file.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };
}
