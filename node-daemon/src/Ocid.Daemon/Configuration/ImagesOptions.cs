using Ocid.Cri;

namespace Ocid.Daemon.Configuration;

/// <summary>Pulls: <c>[images]</c>.</summary>
internal sealed record ImagesOptions
{
    /// <summary>Registry hosts, with port, whose certificate is not checked and that may speak plain HTTP.</summary>
    public required IReadOnlyList<string> InsecureRegistries { get; init; }

    /// <summary>Where registries.conf, policy.json and their like are looked for, strongest first.</summary>
    public required IReadOnlyList<string> ConfigurationDirectories { get; init; }

    /// <summary>Where the signature policies of Kubernetes namespaces are: <c>NAMESPACE.json</c>.</summary>
    public required string SignaturePolicyDirectory { get; init; }

    /// <summary>An auth.json to read before those of the directories; null for none.</summary>
    public required string? AuthFile { get; init; }

    /// <summary>Images that the kubelet is told to keep.</summary>
    public required IReadOnlyList<ImageNamePattern> Pinned { get; init; }

    /// <summary>Whether the kubelet may also remove images that other programs brought or use.</summary>
    public required bool CollectForeign { get; init; }

    /// <summary>How long a transfer may make no progress.</summary>
    public required TimeSpan PullProgressTimeout { get; init; }
}
