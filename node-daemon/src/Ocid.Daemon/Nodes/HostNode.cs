using System.Globalization;
using Ocid.Agent.Applying;
using Ocid.Agent.Hosts;

namespace Ocid.Daemon.Nodes;

/// <summary>The node's parts for a process on the host itself: <c>ocid apply</c> and <c>ocid node</c>.</summary>
internal static class HostNode
{
    /// <param name="root">Below which all of the node's own paths are.</param>
    /// <param name="limit">How long a change may take.</param>
    public static NodeParts At(string root, TimeSpan limit)
    {
        var paths = new NodePaths(root);
        var runtime = new CriNodeRuntime(paths);
        return new NodeParts
        {
            Paths = paths,
            Services = HostServices.Of(paths),
            Runtime = runtime,
            DeadMan = [Environment.ProcessPath!, "apply", "--dead-man", "--root", paths.Root, "--limit", Seconds(limit)],
            Limit = limit,
            Reached = FailPoint.Reached,
        };
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
}
