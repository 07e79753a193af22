namespace Ocid.Toml;

/// <summary>A moment in time. Fractions are cut to 100 ns; an offset beyond 14 hours is normalised to UTC.</summary>
/// <param name="value">The value.</param>
/// <param name="position">Where it was read.</param>
public sealed class TomlOffsetDateTime(DateTimeOffset value, TomlPosition position = default) : TomlValue(position)
{
    /// <summary>The value.</summary>
    public DateTimeOffset Value { get; } = value;

    /// <inheritdoc/>
    public override string Kind => "a date and time with offset";
}
