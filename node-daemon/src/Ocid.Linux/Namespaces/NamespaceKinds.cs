namespace Ocid.Linux.Namespaces;

/// <summary>Kinds of Linux namespaces that a single thread can leave and enter (namespaces(7)); the values are the kernel's clone flags.</summary>
[Flags]
public enum NamespaceKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>Mounts.</summary>
    Mount = 0x00020000,

    /// <summary>Host name.</summary>
    Uts = 0x04000000,

    /// <summary>System V and POSIX message queues, shared memory.</summary>
    Ipc = 0x08000000,

    /// <summary>Network stack.</summary>
    Network = 0x40000000,
}
