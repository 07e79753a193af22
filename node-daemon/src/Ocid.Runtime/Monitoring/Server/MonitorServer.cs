using System.Runtime.InteropServices;
using Ocid.Linux;
using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Logs;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring.Server;

/// <summary>The monitor process: sub-reaper and keeper of the stdio, logs and exit statuses of every container on the node.</summary>
public sealed class MonitorServer : IDisposable
{
    private readonly MonitorServerOptions _options;
    private readonly EventLoop _loop;
    private readonly Children _children;
    private readonly ContainerTable _containers;
    private readonly RuntimeLauncher _launcher;
    private readonly List<Session> _sessions = [];
    private SeqPacketListener? _listener;
    private EventWatch? _accepting;

    private MonitorServer(MonitorServerOptions options, EventLoop loop, LogWorkers workers)
    {
        _options = options;
        _loop = loop;
        _children = new Children(loop);
        _containers = new ContainerTable(loop, workers, _children, new MemoryKills(CgroupHierarchies.Read()), options.Time, options.OnFailure);
        _launcher = new RuntimeLauncher(_containers, _children);
        _containers.Exited += exit => _sessions.ForEach(session => session.Send(new Reply { Exit = exit }));
    }

    /// <summary>Runs until cancelled. It ends nothing: the containers go on, and block when their pipes are full.</summary>
    /// <returns>The process's exit code.</returns>
    public static async Task<int> RunAsync(MonitorServerOptions options, CancellationToken ct)
    {
        SelfProcess.BecomeSubReaper();
        using var workers = new LogWorkers();
        using var loop = new EventLoop("ocid-monitor");
        var server = new MonitorServer(options, loop, workers); // disposed on the loop, which may be at its socket
        using var childEnded = PosixSignalRegistration.Create(PosixSignal.SIGCHLD, _ => server._children.ReapOrphansSoon());
        await loop.InvokeAsync(() =>
        {
            server.Start();
            return Task.CompletedTask;
        });
        try
        {
            await Task.Delay(Timeout.Infinite, ct);
        }
        catch (OperationCanceledException)
        {
            // The way to end it.
        }

        await loop.InvokeAsync(() =>
        {
            server.Dispose();
            return Task.CompletedTask;
        });
        return 0;
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _accepting?.Dispose();
        _listener?.Dispose();
    }

    private void Start()
    {
        if (_options.ResumeDescriptor is { } number)
            Resume(number);
        else
            Listen();
        _accepting = _loop.Watch(_listener!.Descriptor, EventMask.Read, _ => Accept());
        _children.ReapOrphansSoon();
    }

    private void Listen()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_options.SocketPath)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _listener = SeqPacketListener.Listen(_options.SocketPath);
    }

    private void Accept()
    {
        while (_listener!.TryAccept() is { } connection)
        {
            if (connection.PeerUser == SelfProcess.User)
                Serve(connection);
            else
                connection.Dispose();
        }
    }

    private Session Serve(SeqPacketConnection connection)
    {
        var session = new Session(_loop, new PacketChannel(_loop, connection), _containers, _launcher, _children, UpgradeAsync);
        session.Channel.Closed += () => _sessions.Remove(session);
        _sessions.Add(session);
        session.Start();
        return session;
    }

    private async Task UpgradeAsync(string program, IReadOnlyList<string> arguments)
    {
        await _launcher.StopAsync();
        try
        {
            await _containers.PauseAsync();
            var parcel = new UpgradeParcel(_listener!, _sessions, _containers);
            using var state = SelfProcess.MemoryFile("ocid-monitor-state", parcel.Bytes);
            var resume = SelfProcess.NumberOf(state).ToString(System.Globalization.CultureInfo.InvariantCulture);
            SelfProcess.Replace(program, [.. arguments, "--resume-fd", resume], [state, .. parcel.Descriptors]);
        }
        finally // only reached when the program could not be replaced
        {
            _containers.Resume();
            _launcher.Continue();
        }
    }

    private void Resume(int number)
    {
        using var file = SelfProcess.Claim(number);
        var state = UpgradeParcel.Read(file);
        _listener = new SeqPacketListener(SelfProcess.Claim(state.Listener));
        var sessions = state.Connections.Select(connection => Serve(new SeqPacketConnection(SelfProcess.Claim(connection)))).ToList();
        foreach (var container in state.Containers)
            _containers.Adopt(container.State, [.. container.Numbers.Select(SelfProcess.Claim)]);
        foreach (var exec in state.Execs)
            sessions[exec.Connection].WatchExec(exec.Number, exec.Pid, new PidFd(SelfProcess.Claim(exec.Process)));
        sessions.ForEach(session => session.Send(new Reply { Hello = VersionRange.Ours }));
    }
}
