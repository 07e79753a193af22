using Ocid.Primitives;

namespace Ocid.Images.Live;

/// <summary>One reading of a set of files. It remembers all that it looked at, also what was not there, to know when to read again.</summary>
internal sealed class LiveReading
{
    private readonly Dictionary<string, FileStamp?> _seen = new(StringComparer.Ordinal);
    private bool _young;

    /// <summary>The content of a file; null where there is none.</summary>
    /// <exception cref="OcidException">It cannot be read.</exception>
    public byte[]? Read(string path)
    {
        Look(path); // before its content: a change meanwhile is a change
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OcidException(failure is UnauthorizedAccessException ? ErrorKind.PermissionDenied : ErrorKind.FailedPrecondition, $"{path}: {failure.Message}", failure);
        }
    }

    /// <summary>Whether there is a file or a directory.</summary>
    public bool Exists(string path) => Look(path) is not null;

    /// <summary>The paths of a directory's files that end so, in the order of their names; none where there is no directory.</summary>
    public IReadOnlyList<string> List(string directory, string ending)
    {
        Look(directory);
        return Directory.Exists(directory)
            ? [.. Directory.GetFiles(directory).Where(file => file.EndsWith(ending, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
            : [];
    }

    /// <summary>Whether something of what was looked at may be another than then.</summary>
    public bool IsStale => _young || _seen.Any(seen => FileStamp.Of(seen.Key) != seen.Value);

    private FileStamp? Look(string path)
    {
        var stamp = FileStamp.Of(path);
        _young |= stamp?.IsYoung(DateTimeOffset.UtcNow) ?? false;
        _seen.TryAdd(path, stamp);
        return stamp;
    }
}
