using System.Threading.Channels;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring.Client;

// Keeps a connection to a living monitor and what must survive one. Used on the loop only, but for its first and last call.
internal sealed class MonitorLink(EventLoop loop, MonitorEndpoint endpoint) : IAsyncDisposable
{
    private static readonly TimeSpan TryAgainAfter = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan RepairAgainAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<ContainerExit> _exits = Channel.CreateUnbounded<ContainerExit>();
    private readonly Dictionary<string, HeldContainer> _held = [];
    private readonly Dictionary<string, ExitState> _announced = [];
    private readonly CancellationTokenSource _disposed = new();
    private TaskCompletionSource<MonitorConnection> _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MonitorConnection? _connection;
    private int _disposals;
    private Task _repair = Task.CompletedTask;

    public ChannelReader<ContainerExit> Exits => _exits.Reader;

    public Task ConnectAsync(CancellationToken ct) => loop.InvokeAsync(() => JoinAsync(ct));

    /// <summary>The connection, once there is one.</summary>
    public Task<MonitorConnection> ReadyAsync(CancellationToken ct) => _ready.Task.WaitAsync(ct);

    public HeldContainer Held(ContainerId id) =>
        _held.GetValueOrDefault(id.Value) ?? throw new OcidException(ErrorKind.NotFound, $"container {id}: not monitored");

    public IReadOnlyList<MonitoredContainer> List() => [.. _held.Values.Select(held => Describe(held.State))];

    public MonitoredContainer Hold(ContainerState state, IReadOnlyList<FileDescriptor> descriptors)
    {
        if (_held.Remove(state.Id, out var former))
            former.Dispose();
        var held = new HeldContainer(state, descriptors);
        _held.Add(state.Id, held);
        if (_announced.TryGetValue(state.Id, out var known))
            held.End(known);
        else if (state.Exit is { } exit)
            Announce(exit);
        return Describe(held.State);
    }

    public void Drop(string id)
    {
        _announced.Remove(id);
        if (_held.Remove(id, out var held))
            held.Dispose();
    }

    /// <summary>Tells of a known end once more.</summary>
    public void RepeatExit(string id)
    {
        if (_announced.TryGetValue(id, out var exit))
            _exits.Writer.TryWrite(exit.ToExit());
    }

    /// <summary>Closes one of a container's descriptors; nothing where the container was dropped meanwhile.</summary>
    public void Close(string id, string name)
    {
        if (_held.TryGetValue(id, out var held))
            held.Close(name);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposals, 1) != 0)
            return;
        await _disposed.CancelAsync();
        await loop.InvokeAsync(async () =>
        {
            await _repair;
            _connection?.Channel.Close();
            foreach (var held in _held.Values)
                held.Dispose();
            _held.Clear();
        });
        _exits.Writer.TryComplete();
        _disposed.Dispose();
    }

    private static MonitoredContainer Describe(ContainerState state) =>
        new(ContainerId.Parse(state.Id), state.Pid, state.Terminal, state.Exit?.ToExit());

    private async Task JoinAsync(CancellationToken ct)
    {
        var connection = new MonitorConnection(loop, await ReachAsync(ct));
        try
        {
            var hello = await connection.AskAsync(new Request { Verb = Verb.Hello, Hello = VersionRange.Ours }, []);
            ProtocolVersion.Agree(hello.Reply.Hello!.Oldest, hello.Reply.Hello.Current);
            connection.Exited += Announce;
            connection.Replaced += () => _ = RefreshAsync(connection);
            await HandBackAsync(connection, await ReadListAsync(connection));
        }
        catch
        {
            connection.Channel.Close();
            throw;
        }

        _connection = connection;
        connection.Channel.Closed += Lost;
        _ready.TrySetResult(connection);
        if (connection.Channel.IsClosed)
            Lost();
    }

    // Connects; starts a monitor when nobody listens.
    private async Task<SeqPacketConnection> ReachAsync(CancellationToken ct)
    {
        if (TryConnect() is { } first)
            return first;
        await endpoint.StartMonitor(ct);
        var giveUp = Environment.TickCount64 + (long)endpoint.StartLimit.TotalMilliseconds;
        while (Environment.TickCount64 < giveUp)
        {
            if (TryConnect() is { } connection)
                return connection;
            await Task.Delay(TryAgainAfter, ct);
        }

        throw new OcidException(ErrorKind.Unavailable, $"monitor: does not listen on {endpoint.SocketPath} {endpoint.StartLimit} after it was started");
    }

    private SeqPacketConnection? TryConnect()
    {
        try
        {
            return SeqPacketConnection.Connect(endpoint.SocketPath);
        }
        catch (LinuxException nobody) when (nobody.Errno is Errno.ENOENT or Errno.ECONNREFUSED)
        {
            return null;
        }
    }

    private async Task<HashSet<string>> ReadListAsync(MonitorConnection connection)
    {
        var listed = new HashSet<string>();
        await connection.AskAsync(new Request { Verb = Verb.List }, [], item =>
        {
            listed.Add(item.Reply.Container!.Id);
            Hold(item.Reply.Container, item.Descriptors);
        });
        return listed;
    }

    private async Task HandBackAsync(MonitorConnection connection, HashSet<string> known)
    {
        foreach (var held in _held.Values.Where(held => !known.Contains(held.State.Id)).ToList())
        {
            var (state, descriptors) = held.Snapshot();
            await connection.AskAsync(new Request { Verb = Verb.Adopt, Adopt = state }, descriptors);
        }
    }

    // Does not fail: a lost connection is repaired elsewhere.
    private async Task RefreshAsync(MonitorConnection connection)
    {
        try
        {
            await ReadListAsync(connection);
        }
        catch (OcidException)
        {
            // Lost again; Lost has been told.
        }
    }

    private void Announce(ExitState exit)
    {
        if (_held.TryGetValue(exit.Id, out var held))
            held.End(exit);
        if (_announced.TryAdd(exit.Id, exit))
            _exits.Writer.TryWrite(exit.ToExit());
    }

    private void Lost()
    {
        if (!_ready.Task.IsCompleted || _disposed.IsCancellationRequested)
            return;
        _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
        endpoint.OnLost?.Invoke("monitor: the connection was lost");
        _repair = RepairAsync();
    }

    // A loop that must not end: without a monitor containers block on their output.
    private async Task RepairAsync()
    {
        while (!_disposed.IsCancellationRequested)
        {
            try
            {
                await JoinAsync(_disposed.Token);
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception failure) // tried again; the daemon's log says why
            {
                endpoint.OnLost?.Invoke($"monitor: repair failed: {failure.Message}");
                await Task.Delay(RepairAgainAfter, CancellationToken.None);
            }
        }
    }
}
