namespace Ocid.Spec.Schema;

/// <summary>A namespace to make, or to join.</summary>
public sealed record LinuxNamespace
{
    /// <summary>pid, network, mount, ipc, uts, user, cgroup or time.</summary>
    public required string Type { get; init; }

    /// <summary>The namespace file to join; a new one where null.</summary>
    public string? Path { get; init; }
}
