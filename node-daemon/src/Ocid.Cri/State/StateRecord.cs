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

    protected static (TSpec Spec, TStatus Status) Read(string directory, StateTypes<TSpec, TStatus> types) => (
        StateFile.Read(Path.Combine(directory, SpecFile), types.Spec),
        StateFile.Read(Path.Combine(directory, StatusFile), types.Status));
}
