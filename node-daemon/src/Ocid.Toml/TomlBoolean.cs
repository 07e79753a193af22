namespace Ocid.Toml;

/// <summary><c>true</c> or <c>false</c>.</summary>
/// <param name="value">The value.</param>
/// <param name="position">Where it was read.</param>
public sealed class TomlBoolean(bool value, TomlPosition position = default) : TomlValue(position)
{
    /// <summary>The value.</summary>
    public bool Value { get; } = value;

    /// <inheritdoc/>
    public override string Kind => "a boolean";
}
