using Ocid.Agent.Services;

namespace Ocid.Agent.Applying;

/// <summary>A change under way, durable before anything is changed: whoever finds it without its writer takes the change back.</summary>
internal sealed record ApplyingRecord
{
    /// <summary>1.</summary>
    public int Version { get; init; } = 1;

    /// <summary>The revision that is being put into force.</summary>
    public required string Revision { get; init; }

    /// <summary>The revision before; null for none.</summary>
    public string? Previous { get; init; }

    /// <summary>The version of the program before; null for none.</summary>
    public string? PreviousVersion { get; init; }

    /// <summary>Whether the daemon starts anew, there and back.</summary>
    public bool Restart { get; init; }

    /// <summary>When the dead man takes the change back.</summary>
    public required DateTimeOffset Deadline { get; init; }

    /// <summary>Who makes the change.</summary>
    public required ProcessRecord Writer { get; init; }
}
