namespace Ocid.Linux.Namespaces;

/// <summary>Fresh namespaces to be made and pinned: one bind mount per path that is set.</summary>
public sealed record NamespacePlan
{
    /// <summary>An existing empty file to pin the network namespace on; null: none is made.</summary>
    public string? NetworkPin { get; init; }

    /// <summary>An existing empty file to pin the IPC namespace on; null: none is made.</summary>
    public string? IpcPin { get; init; }

    /// <summary>An existing empty file to pin the UTS namespace on; null: none is made.</summary>
    public string? UtsPin { get; init; }

    /// <summary>The user namespace that the others belong to; null: the host's.</summary>
    public UserNamespacePlan? User { get; init; }

    /// <summary>The host name in the new UTS namespace; null keeps the host's.</summary>
    public string? Hostname { get; init; }

    /// <summary>Written in the new namespaces, in order.</summary>
    public IReadOnlyList<Sysctl> Sysctls { get; init; } = [];

    internal NamespaceKinds Kinds =>
        (NetworkPin is null ? NamespaceKinds.None : NamespaceKinds.Network)
        | (IpcPin is null ? NamespaceKinds.None : NamespaceKinds.Ipc)
        | (UtsPin is null ? NamespaceKinds.None : NamespaceKinds.Uts);
}
