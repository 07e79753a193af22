namespace Ocid.Toml.Parsing;

/// <summary>One part of a dotted key.</summary>
internal readonly record struct Key(string Text, TomlPosition Position);
