using System.Threading.Channels;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring.Client;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring;

/// <summary>
/// The daemon's side of the monitor. It holds duplicates of every container's descriptors: when the monitor dies it starts
/// another and hands them back, and calls made meanwhile wait for that.
/// </summary>
public sealed partial class MonitorClient : IAsyncDisposable
{
    private readonly EventLoop _loop = EventLoop.Shared;
    private readonly MonitorLink _link;

    private MonitorClient(MonitorEndpoint endpoint) => _link = new MonitorLink(_loop, endpoint);

    /// <summary>
    /// The end of each container, once unless asked for again: also of those that ended while nobody was connected. The container's log is whole by then, and
    /// its <see cref="ExitRecord"/> is written.
    /// </summary>
    public ChannelReader<ContainerExit> Exits => _link.Exits;

    /// <summary>Connects to the monitor; starts one when there is none.</summary>
    /// <exception cref="OcidException">FailedPrecondition: the monitor speaks no version of the protocol that this client knows. Unavailable: it does not start.</exception>
    public static async Task<MonitorClient> ConnectAsync(MonitorEndpoint endpoint, CancellationToken ct)
    {
        var client = new MonitorClient(endpoint);
        try
        {
            await client._link.ConnectAsync(ct);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Creates a container; it has not been started yet. After a failure, what the runtime left of it is the caller's to delete.</summary>
    /// <exception cref="OcidException">Internal, with the runtime's own last error; AlreadyExists; Unavailable when the monitor was lost meanwhile.</exception>
    public async Task<MonitoredContainer> CreateAsync(ContainerLaunch launch, CancellationToken ct)
    {
        var answer = await AskAsync(new Request { Verb = Verb.Create, Id = launch.Id.Value, Launch = launch.ToRequest() }, [], ct);
        return await _loop.InvokeAsync(() => Task.FromResult(_link.Hold(answer.Reply.Container!, answer.Descriptors)));
    }

    /// <summary>The containers that are monitored, running or ended, until they are forgotten.</summary>
    public Task<IReadOnlyList<MonitoredContainer>> ListAsync(CancellationToken ct) => _loop.InvokeAsync(async () =>
    {
        await _link.ReadyAsync(ct);
        return _link.List();
    });

    /// <summary>Opens the container's log path again, after a rename; nothing more goes to the old file.</summary>
    /// <exception cref="OcidException">FailedPrecondition: the container is not running, and no file was made.</exception>
    public Task ReopenLogAsync(ContainerId id, CancellationToken ct) => AskAsync(new Request { Verb = Verb.Reopen, Id = id.Value }, [], ct);

    /// <summary>Drops a container and its exit status. No error when it is not monitored.</summary>
    public async Task ForgetAsync(ContainerId id, CancellationToken ct)
    {
        await AskAsync(new Request { Verb = Verb.Forget, Id = id.Value }, [], ct);
        _loop.Post(() => _link.Drop(id.Value));
    }

    /// <summary>Has <see cref="Exits"/> tell of a container's end once more, where it has ended: for whoever could not tell whose end that was.</summary>
    public void RepeatExit(ContainerId id) => _loop.Post(() => _link.RepeatExit(id.Value));

    /// <summary>Watches the first process of a container whose monitor and stdio were lost: its end will be known, as far as the kernel tells.</summary>
    /// <param name="id">The container.</param>
    /// <param name="pid">Its first process, which the caller has made sure is the one (by its start time).</param>
    /// <param name="stateDirectory">The container's state directory.</param>
    /// <param name="ct">Cancels.</param>
    public async Task WatchAsync(ContainerId id, int pid, string stateDirectory, CancellationToken ct)
    {
        var state = new ContainerState { Id = id.Value, Pid = pid, StateDirectory = stateDirectory, Descriptors = [DescriptorName.Process] };
        var process = PidFd.Open(pid).Descriptor;
        await AskAsync(new Request { Verb = Verb.Adopt, Adopt = state }, [process], ct);
        await _loop.InvokeAsync(() => Task.FromResult(_link.Hold(state, [process])));
    }

    /// <summary>
    /// Replaces the monitor's program by another; no container notices. <paramref name="arguments"/> are those of <c>ocid monitor</c>; the program gets
    /// <c>--resume-fd N</c> added to them.
    /// </summary>
    public Task UpgradeAsync(string program, IReadOnlyList<string> arguments, CancellationToken ct) =>
        AskAsync(new Request { Verb = Verb.Upgrade, Program = program, Arguments = arguments }, [], ct);

    /// <summary>Disconnects; the monitor goes on.</summary>
    public async ValueTask DisposeAsync() => await _link.DisposeAsync();

    private Task<Answer> AskAsync(Request request, IReadOnlyList<FileDescriptor> descriptors, CancellationToken ct) => _loop.InvokeAsync(async () =>
    {
        var connection = await _link.ReadyAsync(ct);
        return await connection.AskAsync(request, descriptors).WaitAsync(ct);
    });
}
