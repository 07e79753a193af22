using Ocid.Images.Manifests;
using Ocid.Images.Registry;

namespace Ocid.Images.Pulling;

/// <summary>How to pull an image.</summary>
public sealed record PullOptions
{
    /// <summary>For the image's own registry, and for no mirror of it; without, those that the node knows.</summary>
    public RegistryCredentials? Credentials { get; init; }

    /// <summary>False takes any certificate, and plain HTTP where the registry does not speak TLS; true insists; null leaves it to registries.conf.</summary>
    public bool? TlsVerify { get; init; }

    /// <summary>The Kubernetes namespace that the image is for, which may have a signature policy of its own; null outside Kubernetes.</summary>
    public string? Namespace { get; init; }

    /// <summary>A policy.json to take in place of any other; null without.</summary>
    public string? SignaturePolicyFile { get; init; }

    /// <summary>Marks the image as pulled over CRI: the kubelet asked for it, and may remove it when the disk is full.</summary>
    public bool ForCri { get; init; }

    /// <summary>What to choose from an image of several platforms; this machine's without.</summary>
    public Platform? Platform { get; init; }
}
