using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Logs;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring.Server;

// The containers and the ends of their first processes. Used on the loop only.
internal sealed class ContainerTable(EventLoop loop, LogWorkers workers, Children children, MemoryKills kills, TimeProvider time, Action<string>? onFailure)
{
    // A process left in the container's pipes must not keep its exit from being known.
    private static readonly TimeSpan LogGrace = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan PauseLimit = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, WatchedContainer> _containers = [];

    /// <summary>A container has ended; its exit is on disk and its log is written.</summary>
    public event Action<ExitState>? Exited;

    public IReadOnlyCollection<WatchedContainer> All => _containers.Values;

    public bool Contains(string id) => _containers.ContainsKey(id);

    public WatchedContainer Get(string id) =>
        _containers.GetValueOrDefault(id) ?? throw new OcidException(ErrorKind.NotFound, $"container {Quoted.Text(id)}: not monitored");

    /// <summary>The open log of a container to be; opening may block.</summary>
    public Task<AppendFile?> OpenLogAsync(string? path, long limit) => path is null
        ? Task.FromResult<AppendFile?>(null)
        : workers.RunAsync<AppendFile?>(() => AppendFile.Open(path, limit));

    /// <summary>Goes on with a container that another monitor, or another program of this one, watched.</summary>
    public void Adopt(ContainerState state, IReadOnlyList<FileDescriptor> descriptors) =>
        Add(state, state.Descriptors.Zip(descriptors).ToDictionary(pair => pair.First, pair => pair.Second), null);

    public WatchedContainer Add(ContainerState state, IReadOnlyDictionary<string, FileDescriptor> descriptors, AppendFile? log)
    {
        Forget(state.Id);
        var output = new ContainerOutput(loop, workers, time, log, state.LogPath, onFailure) { LogLimit = state.LogLimit };
        var container = new WatchedContainer(loop, state, descriptors, output);
        _containers.Add(state.Id, container);
        output.Resume();
        if (container.Exit is not null)
            return container;
        kills.Begin(container.Cgroup);
        container.ExitWatch = new ExitWatch(loop, children, container.Pid, container.Process, status => _ = EndAsync(container, status));
        return container;
    }

    public void Forget(string id)
    {
        if (!_containers.Remove(id, out var container))
            return;
        kills.Forget(container.Cgroup);
        container.Dispose();
    }

    public Task PauseAsync() => Task.WhenAll(_containers.Values.Select(container => container.Output.PauseAsync(PauseLimit)));

    public void Resume()
    {
        foreach (var container in _containers.Values)
            container.Output.Resume();
    }

    // Does not fail: what can go wrong is the record on disk, which only matters if both processes are lost.
    private async Task EndAsync(WatchedContainer container, ExitStatus? status)
    {
        // The kills first: systemd is about to remove the cgroup.
        var exit = ExitState.Of(container.Id, status, time.GetUtcNow()) with { OomKills = kills.End(container.Cgroup) };
        container.Output.Kick();
        await Task.WhenAny(container.Output.Ended, Task.Delay(LogGrace));
        try
        {
            // On no worker for logs: all of those may wait for a disk that is not this one.
            await OwnThread.RunAsync(() => ExitRecord.Write(container.StateDirectory, exit));
        }
        catch (Exception failure) // the exit is told all the same
        {
            onFailure?.Invoke($"exit of {container.Id} is not recorded: {failure.Message}");
        }

        container.Exit = exit;
        Exited?.Invoke(exit);
    }
}
