namespace Ocid.Networking;

/// <summary>The namespaces that a pod is to have of its own.</summary>
public sealed record PodNamespaceRequest
{
    /// <summary>Where the pins go, one directory a sandbox: <c>/run/ocid/namespaces/ID</c>. Made here, 0700.</summary>
    public required string Directory { get; init; }

    /// <summary>False: the pod shares the host's network.</summary>
    public bool Network { get; init; } = true;

    /// <summary>False: the pod shares the host's IPC.</summary>
    public bool Ipc { get; init; } = true;

    /// <summary>False: the pod shares the host's name.</summary>
    public bool Uts { get; init; } = true;

    /// <summary>The pod's own user namespace, which the others then belong to; null: the host's.</summary>
    public PodUsers? Users { get; init; }

    /// <summary>The host name in the UTS namespace; null or empty keeps the host's.</summary>
    public string? Hostname { get; init; }

    /// <summary>Sysctls by name. Those of a namespace that is not the pod's own are refused.</summary>
    public IReadOnlyDictionary<string, string> Sysctls { get; init; } = new Dictionary<string, string>();
}
