namespace Ocid.Toml;

/// <summary>A 64-bit signed integer.</summary>
/// <param name="value">The value.</param>
/// <param name="position">Where it was read.</param>
public sealed class TomlInteger(long value, TomlPosition position = default) : TomlValue(position)
{
    /// <summary>The value.</summary>
    public long Value { get; } = value;

    /// <inheritdoc/>
    public override string Kind => "an integer";
}
