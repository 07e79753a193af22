using Ocid.Agent.Hosts;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Primitives;

namespace Ocid.Agent.Journals;

/// <summary>
/// Every path that was written outside the revisions' own tree, with what was there before. An entry is durable before its path is touched, so that
/// <see cref="Restore()"/> finds all of it, whenever the writer died.
/// </summary>
public sealed class Journal
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    private readonly NodePaths _paths;
    private readonly StateFile<JournalRecord> _file;
    private readonly List<JournalEntry> _entries;

    private Journal(NodePaths paths)
    {
        _paths = paths;
        _file = new StateFile<JournalRecord>(Path.Combine(State, "journal.json"), AgentJson.Default.JournalRecord);
        _entries = [.. _file.Read()?.Entries ?? []];
    }

    /// <summary>What was written, the first first.</summary>
    public IReadOnlyList<JournalEntry> Entries => _entries;

    private string State => _paths.Local(_paths.State);

    private string Backups => Path.Combine(State, "backups");

    /// <summary>Whether the node has a journal: something of ours may be on it.</summary>
    public static bool Exists(NodePaths paths) => System.IO.File.Exists(Path.Combine(paths.Local(paths.State), "journal.json"));

    /// <summary>Opens the node's journal, or begins one.</summary>
    /// <exception cref="OcidException">DataLoss: the file is damaged.</exception>
    public static Journal Open(NodePaths paths)
    {
        var journal = new Journal(paths);
        if (!Exists(paths))
            journal.Begin();
        return journal;
    }

    /// <summary>Makes a directory where none is, and those above it.</summary>
    public void Directory(string path)
    {
        foreach (var missing in Missing(path))
        {
            if (EntryOf(missing) is null)
                Add(new JournalEntry(missing, EntryKind.Directory));
            System.IO.Directory.CreateDirectory(_paths.Local(missing));
        }
    }

    /// <summary>Writes a file, whole, with its mode.</summary>
    public void File(string path, ReadOnlySpan<byte> content, UnixFileMode mode)
    {
        Enter(path, EntryKind.File, Digest.Sha256(content).ToString());
        AtomicFile.Write(_paths.Local(path), content, mode);
    }

    /// <summary>Copies a file of any size, with its mode.</summary>
    public void Copy(string source, string path, UnixFileMode mode)
    {
        Enter(path, EntryKind.File, FileContent.DigestOf(source).ToString());
        FileContent.Copy(source, _paths.Local(path), mode);
    }

    /// <summary>Puts a symbolic link, in one step where another link or a file is.</summary>
    public void Link(string path, string target)
    {
        Enter(path, EntryKind.Link, target);
        AtomicLink.Write(_paths.Local(path), target);
    }

    /// <summary>Says that a directory which is not there yet will be the runtime's own. One that somebody else made stays somebody else's.</summary>
    public void Tree(string path)
    {
        var entry = EntryOf(path);
        if (entry is { Kind: EntryKind.Directory })
            Replace(entry, entry with { Kind = EntryKind.Tree });
        else if (entry is null && !Path.Exists(_paths.Local(path)))
        {
            Directory(Path.GetDirectoryName(path)!);
            Add(new JournalEntry(path, EntryKind.Tree));
        }
    }

    /// <summary>Takes one file or link back.</summary>
    public void Remove(string path)
    {
        if (EntryOf(path) is not { } entry)
            return;
        Restore(entry);
        _entries.Remove(entry);
        Save();
    }

    /// <summary>The files and links that are not as they were written.</summary>
    public IReadOnlyList<string> Drifted() => [.. _entries.Where(entry => Content(entry) is { } content && content != entry.Content).Select(entry => entry.Path)];

    /// <summary>Puts every path back as it was, the last first, and then forgets. Called again after it was interrupted, it goes on.</summary>
    /// <returns>What stays, each with the reason.</returns>
    public IReadOnlyList<string> Restore()
    {
        var kept = new List<string>();
        var own = _entries.Where(entry => IsAbove(entry.Path, _paths.State)).ToList();
        foreach (var entry in _entries.Except(own).Reverse())
        {
            if (Restore(entry) is { } reason)
                kept.Add(reason);
        }

        foreach (var tree in own.Where(entry => entry.Kind == EntryKind.Tree))
        {
            if (RemoveTree(tree.Path, except: State) is { } reason)
                kept.Add(reason);
        }

        // The journal itself goes last; without it there is nothing left to take back but empty directories.
        System.IO.Directory.Delete(State, recursive: true);
        foreach (var entry in Enumerable.Reverse(own))
            RemoveIfEmpty(_paths.Local(entry.Path));
        return kept;
    }

    private void Begin()
    {
        var missing = Missing(_paths.State);
        System.IO.Directory.CreateDirectory(State, OwnerOnly);
        _entries.AddRange(missing.Select(path => new JournalEntry(path, EntryKind.Directory)));
        Save();
    }

    private void Enter(string path, EntryKind kind, string content)
    {
        Directory(Path.GetDirectoryName(path)!);
        if (EntryOf(path) is { } entry)
        {
            if (entry.Content != content)
                Replace(entry, entry with { Kind = kind, Content = content });
        }
        else
            Add(new JournalEntry(path, kind, content, FileContent.BackUp(_paths.Local(path), Backups)));
    }

    private string? Restore(JournalEntry entry)
    {
        var path = _paths.Local(entry.Path);
        switch (entry)
        {
            case { Kind: EntryKind.Directory }:
                return RemoveIfEmpty(path) ? null : $"{entry.Path}: not empty";
            case { Kind: EntryKind.Tree }:
                return RemoveTree(path, except: null);
            case { Before: { } before }:
                FileContent.Restore(before, Backups, path);
                return null;
            default:
                System.IO.File.Delete(path);
                return null;
        }
    }

    private static bool RemoveIfEmpty(string path)
    {
        if (!System.IO.Directory.Exists(path))
            return true;
        if (System.IO.Directory.EnumerateFileSystemEntries(path).Any())
            return false;
        System.IO.Directory.Delete(path);
        return true;
    }

    // A mount below it is somebody's file system: nothing is deleted through one.
    private static string? RemoveTree(string path, string? except)
    {
        if (!System.IO.Directory.Exists(path))
            return null;
        if (MountTable.Read().FirstOrDefault(mount => IsAbove(path, mount.MountPoint)) is { } mount)
            return $"{path}: {mount.MountPoint} is mounted";

        foreach (var child in System.IO.Directory.EnumerateFileSystemEntries(path))
        {
            if (child == except)
                continue;
            if (new FileInfo(child).LinkTarget is null && System.IO.Directory.Exists(child))
                System.IO.Directory.Delete(child, recursive: true);
            else
                System.IO.File.Delete(child);
        }

        if (except is null)
            System.IO.Directory.Delete(path);
        return null;
    }

    private string? Content(JournalEntry entry)
    {
        var path = _paths.Local(entry.Path);
        return entry.Kind switch
        {
            EntryKind.Link => new FileInfo(path).LinkTarget ?? "",
            EntryKind.File => System.IO.File.Exists(path) && new FileInfo(path).LinkTarget is null ? FileContent.DigestOf(path).ToString() : "",
            _ => null,
        };
    }

    private List<string> Missing(string path)
    {
        var missing = new List<string>();
        for (var above = path; above is not null && !System.IO.Directory.Exists(_paths.Local(above)); above = Path.GetDirectoryName(above))
            missing.Insert(0, above);
        return missing;
    }

    private static bool IsAbove(string path, string below) => below == path || below.StartsWith(path.TrimEnd('/') + "/", StringComparison.Ordinal);

    private JournalEntry? EntryOf(string path) => _entries.Find(entry => entry.Path == path);

    private void Add(JournalEntry entry)
    {
        _entries.Add(entry);
        Save();
    }

    private void Replace(JournalEntry former, JournalEntry entry)
    {
        _entries[_entries.IndexOf(former)] = entry;
        Save();
    }

    private void Save() => _file.Write(new JournalRecord(1, _entries));
}
