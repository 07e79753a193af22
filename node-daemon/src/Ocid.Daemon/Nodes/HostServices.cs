using Ocid.Agent.Hosts;
using Ocid.Agent.Installing;
using Ocid.Agent.Services;
using Ocid.Primitives;

namespace Ocid.Daemon.Nodes;

/// <summary>What starts and stops services on this host.</summary>
internal static class HostServices
{
    public static IServiceControl Of(NodePaths paths)
    {
        var systemd = paths.Local(paths.Below("run/systemd/private"));
        if (File.Exists(systemd))
            return new SystemdServices(systemd);
        if (!paths.IsOnHost)
            throw new OcidException(ErrorKind.FailedPrecondition, $"the host has no systemd at {systemd} (is its /run mounted?), and without it the agent must run on the host itself");
        var runtime = new CriNodeRuntime(paths);
        return new DirectServices(paths, () => Installation.ProgramInForce(paths), () => runtime.MonitorSocket);
    }
}
