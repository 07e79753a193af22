namespace Ocid.Spec;

/// <summary>The kinds of Linux namespaces.</summary>
public enum NamespaceKind
{
    /// <summary>Process ids.</summary>
    Pid,

    /// <summary>Network.</summary>
    Network,

    /// <summary>Mounts.</summary>
    Mount,

    /// <summary>System V IPC and POSIX message queues.</summary>
    Ipc,

    /// <summary>Host and domain name.</summary>
    Uts,

    /// <summary>User and group ids.</summary>
    User,

    /// <summary>The view of the cgroup tree.</summary>
    Cgroup,

    /// <summary>Boot-time and monotonic clocks.</summary>
    Time,
}
