using System.Text;
using Ocid.Agent.Hosts;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Revisions;

namespace Ocid.Agent.Staging;

/// <summary>
/// The configuration as it would be with a staged revision, in a directory of its own, for the program that is to run with it to read: the node's ocid.toml
/// and the drop-ins of others as they are, those of the revision with its own directory in place of the link.
/// </summary>
internal sealed class CandidateConfiguration(NodePaths paths)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private string Directory => Path.Combine(paths.State, "candidate");

    /// <exception cref="OcidException">InvalidArgument: the program refuses it; every reason is in the message.</exception>
    public async Task ValidateAsync(string program, RevisionDocument revision, string directory, CancellationToken ct)
    {
        try
        {
            Write(revision, directory);
            var run = new CommandSpec { Program = program, Arguments = ["config", "validate", "--config", Path.Combine(Directory, "ocid.toml")], WorkingDirectory = "/", Timeout = Limit };
            var result = await Command.RunAsync(run, ct).ConfigureAwait(false);
            if (!result.IsSuccess)
                throw new OcidException(ErrorKind.InvalidArgument, $"revision {revision.Hash} is refused: {Reasons(result)}");
        }
        finally
        {
            Remove();
        }
    }

    private void Write(RevisionDocument revision, string directory)
    {
        Remove();
        var dropIns = System.IO.Directory.CreateDirectory(Path.Combine(Directory, "ocid.toml.d")).FullName;
        File.WriteAllBytes(Path.Combine(Directory, "ocid.toml"), File.Exists(paths.ConfigurationFile) ? File.ReadAllBytes(paths.ConfigurationFile) : []);
        foreach (var other in DropIns.OfOthers(paths))
            File.CreateSymbolicLink(Path.Combine(dropIns, Path.GetFileName(other)), other);
        foreach (var file in DropIns.FilesOf(revision))
        {
            var content = File.ReadAllText(Path.Combine(directory, file));
            File.WriteAllText(Path.Combine(dropIns, DropIns.NameOf(file)), content.Replace(paths.CurrentRevision, directory, StringComparison.Ordinal));
        }
    }

    // The file's name is ours and helps nobody; that of the drop-in stays.
    private string Reasons(CommandResult result) => string.Join("; ", Encoding.UTF8.GetString(result.Error)
        .Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(line => (line.StartsWith("ocid: ", StringComparison.Ordinal) ? line[6..] : line).Replace(Directory + "/", "", StringComparison.Ordinal)));

    private void Remove()
    {
        if (System.IO.Directory.Exists(Directory))
            System.IO.Directory.Delete(Directory, recursive: true);
    }
}
