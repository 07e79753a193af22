namespace Ocid.Toml;

/// <summary>A document that is not TOML, or a value that is not what its reader wants.</summary>
/// <param name="position">Where.</param>
/// <param name="reason">What is wrong there: lower case, no full stop, no position.</param>
public sealed class TomlException(TomlPosition position, string reason) : FormatException($"{position}: {reason}")
{
    /// <summary>Where in the document.</summary>
    public TomlPosition Position { get; } = position;

    /// <summary>What is wrong, without the position.</summary>
    public string Reason { get; } = reason;
}
