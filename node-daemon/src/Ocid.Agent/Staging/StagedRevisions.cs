using Ocid.Agent.Hosts;
using Ocid.Agent.Journals;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Revisions;

namespace Ocid.Agent.Staging;

/// <summary>
/// The revisions of this node: <c>revisions/HASH/</c> with the revision's files, and the link <c>current</c>, whose replacement is the one commit point. A directory
/// of a hash's name is whole, because it gets that name last.
/// </summary>
/// <param name="paths">Where they are.</param>
public sealed class StagedRevisions(NodePaths paths)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const string Unfinished = ".unfinished-";

    private string Directory => paths.Local(paths.Revisions);

    private string Link => paths.Local(paths.CurrentRevision);

    /// <summary>The revision that the link names; null for none.</summary>
    public RevisionHash? Current => RevisionHash.TryParse(AtomicLink.Target(Link), out var hash) ? hash : null;

    /// <summary>Those that are whole, in no order.</summary>
    public IReadOnlyList<RevisionHash> All => !System.IO.Directory.Exists(Directory)
        ? []
        : [.. System.IO.Directory.GetDirectories(Directory).Select(Path.GetFileName).Select(name => RevisionHash.TryParse(name, out var hash) ? hash : null).OfType<RevisionHash>()];

    /// <summary>The host's path of a revision's directory.</summary>
    public string PathOf(RevisionHash hash) => Path.Combine(paths.Revisions, hash.Value);

    /// <summary>Writes a revision, whole or not at all. One that is there already is put right where it is not what it was.</summary>
    public void Stage(Revision revision, Journal journal)
    {
        ArgumentNullException.ThrowIfNull(revision);
        ArgumentNullException.ThrowIfNull(journal);
        journal.Tree(paths.Revisions);
        System.IO.Directory.CreateDirectory(Directory, OwnerOnly);
        var files = revision.Document.Files.Select(file => (File: file, Content: Filled(revision, file))).ToList();
        Record(revision.Hash).Write(new StagedRecord(1, files.ToDictionary(file => file.File.Path.Value, file => Digest.Sha256(file.Content.Span).ToString())));

        var final = paths.Local(PathOf(revision.Hash));
        var isThere = System.IO.Directory.Exists(final);
        var target = isThere ? final : Path.Combine(Directory, Unfinished + revision.Hash);
        if (!isThere && System.IO.Directory.Exists(target))
            System.IO.Directory.Delete(target, recursive: true);
        System.IO.Directory.CreateDirectory(target, OwnerOnly);
        foreach (var (file, content) in files)
            Write(target, file.Path.Value, content.Span, (UnixFileMode)file.Mode);
        Write(target, RevisionDocument.FileName, revision.Document.Write(), AtomicFile.Private);
        if (!isThere)
            System.IO.Directory.Move(target, final);
        FileSystems.SyncDirectory(Directory);
    }

    /// <summary>The document of a staged revision; null where it is not staged.</summary>
    /// <exception cref="OcidException">DataLoss: it is damaged.</exception>
    public RevisionDocument? Document(RevisionHash hash)
    {
        var file = Path.Combine(paths.Local(PathOf(hash)), RevisionDocument.FileName);
        if (!File.Exists(file))
            return null;
        var content = File.ReadAllBytes(file);
        return RevisionHash.Of(content) == hash
            ? RevisionDocument.Parse(content)
            : throw new OcidException(ErrorKind.DataLoss, $"revision {hash}: {file} is not what its hash says");
    }

    /// <summary>The host's paths of the files that are not as they were staged, those that are missing included.</summary>
    public IReadOnlyList<string> Drifted(RevisionHash hash)
    {
        var directory = PathOf(hash);
        return Record(hash).Read() is { } record
            ? [.. record.Files.Select(file => (Path: Path.Combine(directory, file.Key), file.Value)).Where(file => !IsIntact(paths.Local(file.Path), file.Value)).Select(file => file.Path)]
            : [directory];
    }

    /// <summary>Puts another revision into force, or none: only the link changes.</summary>
    public void Swap(RevisionHash? hash)
    {
        if (hash is null)
            AtomicLink.Remove(Link);
        else
            AtomicLink.Write(Link, hash.Value);
    }

    /// <summary>Deletes the revisions that nobody needs any more, and what an interrupted staging left.</summary>
    public void Prune(IReadOnlyCollection<RevisionHash> needed)
    {
        foreach (var hash in All.Except(needed))
        {
            System.IO.Directory.Delete(paths.Local(PathOf(hash)), recursive: true);
            Record(hash).Delete();
        }

        foreach (var unfinished in System.IO.Directory.GetDirectories(Directory, Unfinished + "*"))
            System.IO.Directory.Delete(unfinished, recursive: true);
    }

    // ocid's own files are read at the start only, so that they name the link; a policy belongs to the keys beside it.
    private ReadOnlyMemory<byte> Filled(Revision revision, RevisionFile file) =>
        DirectoryMark.Fill(file.Path, revision.ContentOf(file), IsConfiguration(file.Path) ? paths.CurrentRevision : PathOf(revision.Hash));

    /// <summary>Whether a file of a revision is one of ocid's own configuration files.</summary>
    internal static bool IsConfiguration(RevisionPath path) => !path.Value.Contains('/', StringComparison.Ordinal) && path.Value.EndsWith(".toml", StringComparison.Ordinal);

    private static void Write(string directory, string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        var file = Path.Combine(directory, path);
        var parent = Path.GetDirectoryName(file)!;
        System.IO.Directory.CreateDirectory(parent, OwnerOnly);
        AtomicFile.Write(file, content, mode);
        FileSystems.SyncDirectory(Path.GetDirectoryName(parent)!);
    }

    private static bool IsIntact(string path, string digest) => File.Exists(path) && FileContent.DigestOf(path).ToString() == digest;

    private StateFile<StagedRecord> Record(RevisionHash hash)
    {
        var directory = Path.Combine(paths.Local(paths.State), "staged");
        System.IO.Directory.CreateDirectory(directory, OwnerOnly);
        return new StateFile<StagedRecord>(Path.Combine(directory, $"{hash}.json"), AgentJson.Default.StagedRecord);
    }
}
