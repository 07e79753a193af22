using System.Security.Cryptography;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Agent.Journals;

/// <summary>Copies of the host's files that keep what a restore needs: content, permissions, owner, time.</summary>
internal static class FileContent
{
    public static Digest DigestOf(string path)
    {
        using var file = File.OpenRead(path);
        return Digest.FromSha256Hash(SHA256.HashData(file));
    }

    /// <summary>Copies a file, syncs it and moves it into place.</summary>
    public static void Copy(string source, string path, UnixFileMode mode)
    {
        var temporary = $"{path}.unfinished";
        File.Delete(temporary);
        using (var from = File.OpenRead(source))
        using (var to = new FileStream(temporary, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = AtomicFile.Private }))
        {
            from.CopyTo(to);
            File.SetUnixFileMode(to.SafeFileHandle, mode);
            to.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
        FileSystems.SyncDirectory(Path.GetDirectoryName(path)!);
    }

    /// <summary>Keeps what is at a path; null where nothing is.</summary>
    /// <exception cref="OcidException">FailedPrecondition: it is neither a file nor a link.</exception>
    public static Backup? BackUp(string path, string directory)
    {
        var (parent, name) = ParentOf(path);
        using (parent)
        {
            if (parent.Status(name) is not { } status)
                return null;
            if (status.Kind == FileKind.SymbolicLink)
                return new Backup(new FileInfo(path).LinkTarget, null, 0, status.UserId, status.GroupId, status.Modified.Seconds, status.Modified.Nanoseconds);
            if (status.Kind != FileKind.Regular)
                throw new OcidException(ErrorKind.FailedPrecondition, $"{path}: is no file ({status.Kind}), and is not replaced");

            Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            var copy = Guid.NewGuid().ToString("n");
            Copy(path, Path.Combine(directory, copy), AtomicFile.Private);
            return new Backup(null, copy, status.Permissions, status.UserId, status.GroupId, status.Modified.Seconds, status.Modified.Nanoseconds);
        }
    }

    public static void Restore(Backup backup, string directory, string path)
    {
        if (backup.Target is { } target)
            AtomicLink.Write(path, target);
        else
            Copy(Path.Combine(directory, backup.File!), path, AtomicFile.Private);

        var (parent, name) = ParentOf(path);
        using (parent)
        {
            parent.SetOwner(name, backup.UserId, backup.GroupId);
            if (backup.Target is null)
                parent.SetPermissions(name, backup.Permissions);
            var modified = new UnixTime(backup.ModifiedSeconds, backup.ModifiedNanoseconds);
            parent.SetTimes(name, modified, modified);
        }
    }

    private static (OpenDirectory Parent, UnixPath Name) ParentOf(string path)
    {
        using var parent = RootedDirectory.Open(Path.GetDirectoryName(path)!);
        return (parent.OpenDirectory("."), Path.GetFileName(path));
    }
}
