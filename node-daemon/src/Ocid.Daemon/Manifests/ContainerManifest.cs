namespace Ocid.Daemon.Manifests;

/// <summary>What a manifest asks for one container.</summary>
internal sealed record ContainerManifest
{
    public required string Name { get; init; }

    public required string Image { get; init; }

    /// <summary>Always, IfNotPresent or Never.</summary>
    public required string PullPolicy { get; init; }

    public required IReadOnlyList<string> Command { get; init; }

    public required IReadOnlyList<string> Arguments { get; init; }

    public required string WorkingDirectory { get; init; }

    public required IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; }

    public required IReadOnlyList<PortManifest> Ports { get; init; }

    public required ResourcesManifest Resources { get; init; }

    public required SecurityManifest Security { get; init; }

    public required IReadOnlyList<VolumeMountManifest> Mounts { get; init; }

    public required bool Terminal { get; init; }
}
