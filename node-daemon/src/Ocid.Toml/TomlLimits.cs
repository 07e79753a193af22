namespace Ocid.Toml;

/// <summary>What a document may cost its reader, whoever wrote it.</summary>
public sealed record TomlLimits
{
    /// <summary>The longest document, in characters.</summary>
    public int Characters { get; init; } = 4 * 1024 * 1024;

    /// <summary>How deep tables and arrays may nest, however that is written.</summary>
    public int Depth { get; init; } = 100;
}
