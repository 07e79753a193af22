using Ocid.Primitives;

namespace Ocid.Cri.Pods;

/// <summary>What a sandbox request must keep to, whatever the node.</summary>
internal static class PodSandboxRules
{
    /// <exception cref="OcidException">InvalidArgument, naming the field.</exception>
    public static void Check(V1.PodSandboxConfig? config)
    {
        if (config is null)
            throw Invalid("config is missing");
        if (config.Metadata is not { } metadata)
            throw Invalid("config.metadata is missing");
        Require(metadata.Name, "metadata.name");
        Require(metadata.Namespace, "metadata.namespace");
        Require(metadata.Uid, "metadata.uid");
        foreach (var port in config.PortMappings)
        {
            if (port.ContainerPort is < 0 or > 65535 || port.HostPort is < 0 or > 65535)
                throw Invalid($"port_mappings: port {port.ContainerPort}:{port.HostPort} is outside 0 to 65535");
        }

        foreach (var line in (string[])[config.Hostname, .. config.DnsConfig?.Servers ?? [], .. config.DnsConfig?.Searches ?? [], .. config.DnsConfig?.Options ?? []])
        {
            if (line.Any(char.IsControl))
                throw Invalid($"hostname and dns_config: control character in {Quoted.Text(line)}");
        }

        if (config.Linux?.SecurityContext is { } security)
            Check(security, config.Linux.Sysctls.Keys);
    }

    private static void Check(V1.LinuxSandboxSecurityContext security, IEnumerable<string> sysctls)
    {
        if (security.RunAsGroup is not null && security.RunAsUser is null)
            throw Invalid("run_as_group without run_as_user");
        if (security.NamespaceOptions is not { } namespaces)
            return;

        UserMappings.Of(namespaces.UsernsOptions);
        if (namespaces.Network is not (V1.NamespaceMode.Pod or V1.NamespaceMode.Node))
            throw Invalid($"namespace_options.network {namespaces.Network}: want POD or NODE");
        if (namespaces.Ipc is not (V1.NamespaceMode.Pod or V1.NamespaceMode.Node))
            throw Invalid($"namespace_options.ipc {namespaces.Ipc}: want POD or NODE");
        if (namespaces.Network == V1.NamespaceMode.Node && sysctls.FirstOrDefault(s => s.StartsWith("net", StringComparison.Ordinal)) is { } net)
            throw Invalid($"sysctl {Quoted.Text(net)}: the pod is on the host's network");
        if (namespaces.Ipc == V1.NamespaceMode.Node && sysctls.FirstOrDefault(s => s.StartsWith("kernel", StringComparison.Ordinal) || s.StartsWith("fs", StringComparison.Ordinal)) is { } ipc)
            throw Invalid($"sysctl {Quoted.Text(ipc)}: the pod is in the host's IPC namespace");
    }

    private static void Require(string value, string field)
    {
        if (value.Length == 0)
            throw Invalid($"{field} is empty");
        if (value.Any(char.IsControl))
            throw Invalid($"{field}: control character in {Quoted.Text(value)}");
    }

    private static OcidException Invalid(string what) => new(ErrorKind.InvalidArgument, $"pod sandbox: {what}");
}
