using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring.Server;

// One connected daemon. Used on the loop only.
internal sealed class Session(
    EventLoop loop,
    PacketChannel channel,
    ContainerTable containers,
    RuntimeLauncher launcher,
    Children children,
    Func<string, IReadOnlyList<string>, Task> upgrade)
{
    private readonly Dictionary<long, ExecProcess> _execs = [];

    public PacketChannel Channel => channel;

    public IEnumerable<KeyValuePair<long, ExecProcess>> Execs => _execs;

    public void Start()
    {
        channel.Closed += KillExecs;
        channel.Start((packet, descriptors) => _ = HandleAsync(Packet.ReadRequest(packet), descriptors));
    }

    public void Send(Reply reply, params IReadOnlyList<FileDescriptor> descriptors) => channel.Send(Packet.Write(reply), descriptors);

    /// <summary>Tells the daemon when a process that it ran in a container ends.</summary>
    public void WatchExec(long number, int pid, PidFd process)
    {
        var watch = new ExitWatch(loop, children, pid, process, status =>
        {
            _execs.Remove(number);
            process.Dispose();
            Send(new Reply { ExecNumber = number, ExecExit = ExitState.Of("", status, DateTimeOffset.UtcNow) });
        });
        _execs.Add(number, new ExecProcess(pid, process, watch));
    }

    // Does not fail: every failure is the reply.
    private async Task HandleAsync(Request request, List<FileDescriptor> descriptors)
    {
        try
        {
            await AnswerAsync(request, descriptors);
        }
        catch (Exception failure) // the daemon's to judge; the monitor goes on
        {
            Send(new Reply { Number = request.Number, Failure = Failure.Of(failure) });
        }
    }

    private async Task AnswerAsync(Request request, List<FileDescriptor> descriptors)
    {
        var done = new Reply { Number = request.Number };
        switch (request.Verb)
        {
            case Verb.Hello:
                ProtocolVersion.Agree(request.Hello!.Oldest, request.Hello.Current);
                Send(done with { Hello = VersionRange.Ours });
                break;
            case Verb.Create:
                SendContainer(done, await launcher.CreateAsync(request.Id!, request.Launch!));
                break;
            case Verb.Exec:
                await ExecAsync(request, descriptors);
                break;
            case Verb.List:
                foreach (var container in containers.All.ToList())
                    SendContainer(done with { More = true }, container);
                Send(done);
                break;
            case Verb.Adopt:
                containers.Adopt(request.Adopt!, descriptors);
                Send(done);
                break;
            case Verb.Reopen:
                await ReopenAsync(containers.Get(request.Id!));
                Send(done);
                break;
            case Verb.Forget:
                containers.Forget(request.Id!);
                Send(done);
                break;
            case Verb.CloseStdin:
                containers.Get(request.Id!).CloseStdin();
                Send(done);
                break;
            case Verb.Subscribe:
                containers.Get(request.Id!).Output.Subscribers.Add(request.Stream!, descriptors[0]);
                Send(done);
                break;
            case Verb.Upgrade:
                await upgrade(request.Program!, request.Arguments ?? []);
                break;
            default:
                throw new OcidException(ErrorKind.Unimplemented, "monitor: the request is newer than this monitor");
        }
    }

    private static Task ReopenAsync(WatchedContainer container) => container.Exit is null
        ? container.Output.ReopenAsync()
        : throw new OcidException(ErrorKind.FailedPrecondition, $"reopen log of container {container.Id}: it is not running");

    private async Task ExecAsync(Request request, List<FileDescriptor> descriptors)
    {
        try
        {
            await launcher.ExecAsync(request.Id!, request.Launch!, descriptors, (pid, process) =>
            {
                Send(new Reply { Number = request.Number, Pid = pid }, process.Descriptor);
                WatchExec(request.Number, pid, process);
                if (channel.IsClosed)
                    KillExecs();
            });
        }
        finally
        {
            descriptors.ForEach(descriptor => descriptor.Dispose());
        }
    }

    private void SendContainer(Reply reply, WatchedContainer container)
    {
        var (state, descriptors) = container.Snapshot();
        Send(reply with { Container = state }, descriptors);
    }

    // Whoever wanted their output is gone.
    private void KillExecs()
    {
        foreach (var exec in _execs.Values)
            ProcessTree.Kill(exec.Pid);
    }
}
