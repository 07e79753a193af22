namespace Ocid.Toml;

/// <summary>A 64-bit float; <c>inf</c> and <c>nan</c> included.</summary>
/// <param name="value">The value.</param>
/// <param name="position">Where it was read.</param>
public sealed class TomlFloat(double value, TomlPosition position = default) : TomlValue(position)
{
    /// <summary>The value.</summary>
    public double Value { get; } = value;

    /// <inheritdoc/>
    public override string Kind => "a float";
}
