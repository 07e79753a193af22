namespace Ocid.Spec.Schema;

/// <summary>Size of a terminal in characters.</summary>
public sealed record ConsoleSize
{
    /// <summary>Rows.</summary>
    public required uint Height { get; init; }

    /// <summary>Columns.</summary>
    public required uint Width { get; init; }
}
