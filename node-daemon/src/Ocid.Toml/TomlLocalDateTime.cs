namespace Ocid.Toml;

/// <summary>A date and time of no known offset. Fractions are cut to 100 ns.</summary>
/// <param name="value">The value.</param>
/// <param name="position">Where it was read.</param>
public sealed class TomlLocalDateTime(DateTime value, TomlPosition position = default) : TomlValue(position)
{
    /// <summary>The value.</summary>
    public DateTime Value { get; } = value;

    /// <inheritdoc/>
    public override string Kind => "a local date and time";
}
