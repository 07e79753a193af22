using Ocid.Linux;

namespace Ocid.Cri.State;

/// <summary>
/// A pod sandbox or a container: what was asked (one file, written once) and what is (another, replaced as a whole by
/// whoever holds the gate).
/// </summary>
internal abstract class StateRecord<TSpec, TStatus>(string id, string directory, StateTypes<TSpec, TStatus> types, TSpec spec, TStatus status)
    where TSpec : class
    where TStatus : class, IRemovable
{
    private const string SpecFile = "spec.json", StatusFile = "status.json";
    private volatile TStatus _status = status;

    public string Id => id;

    public TSpec Spec => spec;

    public TStatus Status => _status;

    /// <summary>Durable, readable by root alone.</summary>
    public string StateDirectory => directory;

    /// <summary>One change at a time: whoever replaces the status holds this.</summary>
    public Gate Gate { get; } = new();

    /// <summary>Writes both files: the object exists from here on.</summary>
    public Task SaveAsync() => OwnThread.RunAsync(() =>
    {
        Directory.CreateDirectory(directory, FileModes.OwnerOnlyDirectory);
        StateFile.Write(Path.Combine(directory, StatusFile), _status, types.Status);
        StateFile.Write(Path.Combine(directory, SpecFile), spec, types.Spec);
    });

    /// <summary>Replaces the status, on disk first.</summary>
    public async Task UpdateAsync(TStatus next)
    {
        await OwnThread.RunAsync(() => StateFile.Write(Path.Combine(directory, StatusFile), next, types.Status)).ConfigureAwait(false);
        _status = next;
    }

    /// <summary>
    /// As <see cref="UpdateAsync"/>, for what has happened already: a disk that takes no record of it, because it is full, read-only or broken, does not undo it. A
    /// daemon that starts before the disk is well finds the former status, and learns of the rest as it does of what happened while it was away.
    /// </summary>
    public async Task UpdateToFactAsync(TStatus next)
    {
        try
        {
            await UpdateAsync(next).ConfigureAwait(false);
        }
        catch (Exception unwritable) when (unwritable is IOException or LinuxException or UnauthorizedAccessException)
        {
            _status = next;
        }
    }

    /// <summary>Deletes all files: the object is no more as soon as its specification is gone. Nothing there is no error.</summary>
    public Task DeleteAsync() => OwnThread.RunAsync(() =>
    {
        if (Directory.Exists(directory))
            File.Delete(Path.Combine(directory, SpecFile));
        DirectoryTree.Delete(directory);
    });

    /// <summary>Reads both files; null: the object never came to be, or its removal was cut off at the end.</summary>
    protected static (TSpec Spec, TStatus Status)? Read(string directory, StateTypes<TSpec, TStatus> types)
    {
        TSpec spec;
        try
        {
            spec = StateFile.Read(Path.Combine(directory, SpecFile), types.Spec);
        }
        catch (FileNotFoundException)
        {
            return null;
        }

        return (spec, StateFile.Read(Path.Combine(directory, StatusFile), types.Status));
    }
}
