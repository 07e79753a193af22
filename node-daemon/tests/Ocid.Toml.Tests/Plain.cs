namespace Ocid.Toml.Tests;

/// <summary>A document as one line of text in a fixed notation, so that tests compare values and not positions.</summary>
internal static class Plain
{
    public static string Of(string toml) => TomlWriter.Inline(TomlParser.Parse(toml));
}
