namespace Ocid.Toml;

/// <summary>One key of a table with its value.</summary>
/// <param name="Key">The key, unquoted.</param>
/// <param name="Value">Its value.</param>
/// <param name="KeyPosition">Where the key stands (its first mention, for a table).</param>
public sealed record TomlEntry(string Key, TomlValue Value, TomlPosition KeyPosition = default);
