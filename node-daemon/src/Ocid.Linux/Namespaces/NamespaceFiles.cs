namespace Ocid.Linux.Namespaces;

// The names under /proc/PID/ns, which are also the names of our pins.
internal static class NamespaceFiles
{
    public static readonly IReadOnlyList<(NamespaceKinds Kind, string Name)> All =
    [
        (NamespaceKinds.Mount, "mnt"),
        (NamespaceKinds.Uts, "uts"),
        (NamespaceKinds.Ipc, "ipc"),
        (NamespaceKinds.Network, "net"),
    ];
}
