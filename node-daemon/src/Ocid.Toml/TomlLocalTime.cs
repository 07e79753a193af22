namespace Ocid.Toml;

/// <summary>A time of no known day. Fractions are cut to 100 ns.</summary>
/// <param name="value">The value.</param>
/// <param name="position">Where it was read.</param>
public sealed class TomlLocalTime(TimeOnly value, TomlPosition position = default) : TomlValue(position)
{
    /// <summary>The value.</summary>
    public TimeOnly Value { get; } = value;

    /// <inheritdoc/>
    public override string Kind => "a local time";
}
