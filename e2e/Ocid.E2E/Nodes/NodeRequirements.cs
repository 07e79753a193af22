using Ocid.Testing;

namespace Ocid.E2E.Nodes;

/// <summary>What a machine must have to run a test node, asked before anything is started.</summary>
public static class NodeRequirements
{
    /// <summary>One sentence that names what is missing and what to do, or null.</summary>
    public static string? Missing()
    {
        if (!Environment.IsPrivilegedProcess)
            return "running pods needs root: run it again as root (sudo make demo)";
        if (OcidProgram.Path is null)
            return "there is no ocid to run: make publish builds it";
        if (Tool.FirstMissing("runc", "crun", "iptables", "ip", "skopeo", "umoci", "docker-registry", "busybox", "dpkg-deb") is { } program)
            return $"{program} is missing: make prerequisites installs it";
        if (!Directory.Exists("/usr/lib/cni") || !File.Exists("/usr/lib/cni/bridge"))
            return "the CNI plugins are missing: make prerequisites installs them (containernetworking-plugins)";
        return null;
    }
}
