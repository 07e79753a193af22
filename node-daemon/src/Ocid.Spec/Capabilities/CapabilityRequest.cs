namespace Ocid.Spec.Capabilities;

/// <summary>Capabilities asked for. Names with or without CAP_, in any case; ALL is every one.</summary>
public sealed record CapabilityRequest
{
    /// <summary>Where to begin; the field's defaults where null.</summary>
    public IReadOnlyList<string>? Defaults { get; init; }

    /// <summary>Added.</summary>
    public IReadOnlyList<string> Add { get; init; } = [];

    /// <summary>Dropped; a name in both is dropped.</summary>
    public IReadOnlyList<string> Drop { get; init; } = [];

    /// <summary>Added to the ambient set, and to the others with it.</summary>
    public IReadOnlyList<string> AddAmbient { get; init; } = [];
}
