using Ocid.Agent.Hosts;
using Ocid.Agent.Journals;
using Ocid.Revisions;

namespace Ocid.Agent.Staging;

/// <summary>The daemon's drop-ins that a revision brings: links through <c>revisions/current</c>, one for each of its TOML files.</summary>
internal static class DropIns
{
    private const string Prefix = "90-revision-";

    public static string NameOf(string file) => Prefix + file;

    /// <summary>The names of a revision's TOML files.</summary>
    public static IEnumerable<string> FilesOf(RevisionDocument? revision) => (revision?.Files ?? []).Where(file => StagedRevisions.IsConfiguration(file.Path)).Select(file => file.Path.Value);

    /// <summary>The drop-ins that no revision brought.</summary>
    public static IEnumerable<string> OfOthers(NodePaths paths) => Directory.Exists(paths.DropIns)
        ? Directory.GetFiles(paths.DropIns, "*.toml").Where(file => !Path.GetFileName(file).StartsWith(Prefix, StringComparison.Ordinal))
        : [];

    /// <summary>Links exactly the files of a revision.</summary>
    /// <returns>Whether something was to do.</returns>
    public static bool Link(NodePaths paths, Journal journal, RevisionDocument? revision)
    {
        var wanted = FilesOf(revision).ToDictionary(file => Path.Combine(paths.DropIns, NameOf(file)), file => Path.Combine(paths.CurrentRevision, file));
        var stale = journal.Entries.Select(entry => entry.Path).Where(path => IsOurs(paths, path) && !wanted.ContainsKey(path)).ToList();
        foreach (var path in stale)
            journal.Remove(path);
        var missing = wanted.Where(link => new FileInfo(link.Key).LinkTarget != link.Value).ToList();
        foreach (var (path, target) in missing)
            journal.Link(path, target);
        return stale.Count + missing.Count > 0;
    }

    private static bool IsOurs(NodePaths paths, string path) => Path.GetDirectoryName(path) == paths.DropIns && Path.GetFileName(path).StartsWith(Prefix, StringComparison.Ordinal);
}
