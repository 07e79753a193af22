using System.Text;
using Ocid.Toml.Parsing;

namespace Ocid.Toml;

/// <summary>Reads TOML 1.0 documents.</summary>
/// <remarks>https://toml.io/en/v1.0.0</remarks>
public static class TomlParser
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a document.</summary>
    /// <exception cref="TomlException">Not TOML, or beyond the limits.</exception>
    public static TomlTable Parse(string text, TomlLimits? limits = null)
    {
        limits ??= new TomlLimits();
        if (text.Length > limits.Characters)
            throw new TomlException(new TomlPosition(1, 1), $"the document is longer than {limits.Characters} characters");

        return new DocumentReader(new Cursor(text), limits).Read();
    }

    /// <summary>Reads a document from the bytes of its file.</summary>
    /// <exception cref="TomlException">Not UTF-8, not TOML, or beyond the limits.</exception>
    public static TomlTable Parse(ReadOnlySpan<byte> utf8, TomlLimits? limits = null)
    {
        try
        {
            return Parse(StrictUtf8.GetString(utf8), limits);
        }
        catch (DecoderFallbackException failure)
        {
            var before = utf8[..Math.Min(failure.Index, utf8.Length)];
            var lineStart = before.LastIndexOf((byte)'\n') + 1;
            var position = new TomlPosition(before.Count((byte)'\n') + 1, Encoding.UTF8.GetCharCount(before[lineStart..]) + 1);
            throw new TomlException(position, "the document is not UTF-8");
        }
    }
}
