namespace Ocid.Toml;

/// <summary>A string, of whichever of the four notations.</summary>
/// <param name="value">The value.</param>
/// <param name="position">Where it was read.</param>
public sealed class TomlString(string value, TomlPosition position = default) : TomlValue(position)
{
    /// <summary>The value.</summary>
    public string Value { get; } = value;

    /// <inheritdoc/>
    public override string Kind => "a string";
}
