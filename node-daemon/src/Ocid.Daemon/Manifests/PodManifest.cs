namespace Ocid.Daemon.Manifests;

/// <summary>What a Pod manifest asks for, as far as a single node can do it.</summary>
internal sealed record PodManifest
{
    public required string Name { get; init; }

    public required string Namespace { get; init; }

    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    public required IReadOnlyDictionary<string, string> Annotations { get; init; }

    public required string Hostname { get; init; }

    public required string RuntimeHandler { get; init; }

    public required bool HostNetwork { get; init; }

    public required bool HostPid { get; init; }

    public required bool HostIpc { get; init; }

    public required bool SharePid { get; init; }

    public required DnsManifest? Dns { get; init; }

    public required SecurityManifest Security { get; init; }

    public required IReadOnlyDictionary<string, string> Sysctls { get; init; }

    public required IReadOnlyDictionary<string, VolumeManifest> Volumes { get; init; }

    public required IReadOnlyList<ContainerManifest> InitContainers { get; init; }

    public required IReadOnlyList<ContainerManifest> Containers { get; init; }
}
