using System.CommandLine;

namespace Ocid.Daemon.Commands;

/// <summary>The flags of the verbs that change the node itself.</summary>
internal static class NodeFlags
{
    public static Option<string> Root() => new("--root")
    {
        Description = "Below which the node's own paths are: etc/ocid, var/lib/ocid/agent, opt/ocid, usr/local/bin",
        HelpName = "DIR",
        DefaultValueFactory = _ => "/",
    };

    public static Option<long> Limit() => new("--limit")
    {
        Description = "Seconds that a change may take until the dead man takes it back",
        HelpName = "SECONDS",
        DefaultValueFactory = _ => 300,
    };
}
