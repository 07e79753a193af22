using Ocid.Primitives;

namespace Ocid.Spec;

// A kernel parameter is set only where its namespace is the pod's: elsewhere it would be the host's that changes.
internal static class Sysctls
{
    private static readonly string[] IpcNames = ["kernel.msgmax", "kernel.msgmnb", "kernel.msgmni", "kernel.sem", "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced"];

    public static IReadOnlyDictionary<string, string>? Check(IReadOnlyDictionary<string, string> sysctls, IReadOnlyList<NamespaceRequest> namespaces)
    {
        foreach (var (name, value) in sysctls)
        {
            if (name.AsSpan().ContainsAnyExceptInRange('!', '~') || name.Contains('=', StringComparison.Ordinal))
                throw new OcidException(ErrorKind.InvalidArgument, $"sysctl {Quoted.Text(name)}: not a name");
            if (PlainText.FirstControl(value) >= 0)
                throw new OcidException(ErrorKind.InvalidArgument, $"sysctl {Quoted.Text(name)}: control character in its value");
            var owner = Owner(name.Replace('/', '.'))
                ?? throw new OcidException(ErrorKind.InvalidArgument, $"sysctl {Quoted.Text(name)}: belongs to no namespace that a pod can have");
            if (!namespaces.Any(space => space.Kind == owner))
                throw new OcidException(ErrorKind.InvalidArgument, $"sysctl {Quoted.Text(name)}: the pod uses the host's {owner.WireName()} namespace");
        }

        return sysctls.Count == 0 ? null : sysctls;
    }

    public static NamespaceKind? Owner(string name)
    {
        if (name.Contains("..", StringComparison.Ordinal))
            return null;
        if (name.StartsWith("net.", StringComparison.Ordinal))
            return NamespaceKind.Network;
        if (name.StartsWith("fs.mqueue.", StringComparison.Ordinal) || IpcNames.Contains(name, StringComparer.Ordinal))
            return NamespaceKind.Ipc;
        return name == "kernel.domainname" ? NamespaceKind.Uts : null;
    }
}
