using System.Text;
using Ocid.Agent.Hosts;
using Ocid.Agent.Journals;
using Ocid.Agent.Preflight;

namespace Ocid.Agent.Installing;

/// <summary>
/// A store of our own on a node where another runtime lives: CRI-O has its images in the default one. The drop-in is weaker than a revision, which may say
/// otherwise.
/// </summary>
internal static class SeparateStore
{
    private const UnixFileMode Readable = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    public static void Write(NodePaths paths, Journal journal)
    {
        if (HostCheck.OtherRuntimes(paths) is not [var other, ..])
            return;
        var content = $"""
            # {other} is on this node.
            [storage]
            root = "{paths.Below("var/lib/ocid/storage")}"
            runroot = "{paths.Below("run/ocid/storage")}"

            """;
        journal.File(Path.Combine(paths.DropIns, "50-agent.toml"), Encoding.UTF8.GetBytes(content), Readable);
    }
}
