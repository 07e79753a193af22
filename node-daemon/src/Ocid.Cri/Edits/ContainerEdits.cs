using Microsoft.Extensions.Logging;
using Ocid.Cri.Containers;
using Ocid.Cri.State;
using Ocid.Primitives;
using Ocid.Spec;
using Ocid.Spec.Cdi;
using Ocid.Spec.Hooks;

namespace Ocid.Cri.Edits;

/// <summary>Adds to a container's request what the node's files say: the CDI devices that it names, and the hooks that are for it.</summary>
internal sealed partial class ContainerEdits(NodeSettingsInForce settings, ILogger<ContainerEdits> logger)
{
    /// <exception cref="OcidException">A device that there is not, or a hook file that is none.</exception>
    public ContainerSpecRequest Apply(ContainerSpecRequest request, V1.ContainerConfig config)
    {
        var now = settings.Now;
        if (config.CDIDevices.Count > 0)
            request = CdiDevices.Apply(request, [.. config.CDIDevices.Select(device => CdiDeviceName.Parse(device.Name))], EditFiles.ReadCdi(now.CdiSpecDirectories, LogRefused), ContainerDevices.Find);
        var hooks = EditFiles.ReadHooks(now.HooksDirectories);
        return hooks.Count == 0 ? request : OciHook.Apply(request, hooks, hasBindMounts: config.Mounts.Count > 0);
    }

    private void LogRefused(OcidException wrong) => LogRefused(wrong.Message);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Reason}; its devices are not there")]
    private partial void LogRefused(string reason);
}
