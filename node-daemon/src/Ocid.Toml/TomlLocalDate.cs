namespace Ocid.Toml;

/// <summary>A date of no known offset.</summary>
/// <param name="value">The value.</param>
/// <param name="position">Where it was read.</param>
public sealed class TomlLocalDate(DateOnly value, TomlPosition position = default) : TomlValue(position)
{
    /// <summary>The value.</summary>
    public DateOnly Value { get; } = value;

    /// <inheritdoc/>
    public override string Kind => "a local date";
}
