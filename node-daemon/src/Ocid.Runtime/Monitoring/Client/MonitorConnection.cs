using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring.Client;

// One connection to one monitor: matches replies with requests and passes events on. Used on the loop only.
internal sealed class MonitorConnection
{
    private readonly PacketChannel _channel;
    private readonly Dictionary<long, PendingRequest> _pending = [];
    private readonly Dictionary<long, TaskCompletionSource<ExitStatus?>> _execs = [];
    private long _lastNumber;

    public MonitorConnection(EventLoop loop, SeqPacketConnection connection)
    {
        _channel = new PacketChannel(loop, connection);
        _channel.Closed += FailAll;
        _channel.Start(Receive);
    }

    /// <summary>A container has ended.</summary>
    public event Action<ExitState>? Exited;

    /// <summary>The monitor's program was replaced.</summary>
    public event Action? Replaced;

    public PacketChannel Channel => _channel;

    /// <summary>Sends a request.</summary>
    /// <param name="request">Without its number.</param>
    /// <param name="descriptors">Go with it, and stay the caller's.</param>
    /// <param name="item">Called for each reply but the last, of a verb that has more than one.</param>
    /// <returns>The last reply with its descriptors, now the caller's.</returns>
    public Task<Answer> AskAsync(Request request, IReadOnlyList<FileDescriptor> descriptors, Action<Answer>? item = null)
    {
        var pending = new PendingRequest(new TaskCompletionSource<Answer>(), item, request.Verb == Verb.Upgrade);
        if (_channel.IsClosed)
            throw Lost();
        var number = ++_lastNumber;
        _pending.Add(number, pending);
        _channel.Send(Packet.Write(request with { Number = number }), descriptors);
        return pending.Done.Task;
    }

    private static OcidException Lost() => new(ErrorKind.Unavailable, "monitor: the connection was lost");

    private void Receive(ReadOnlySpan<byte> packet, List<FileDescriptor> descriptors)
    {
        var reply = Packet.ReadReply(packet);
        if (reply.Exit is { } exit)
            Exited?.Invoke(exit);
        else if (reply.ExecExit is { } ended)
            EndExec(reply.ExecNumber, ended);
        else if (reply.Number == 0)
            Greet();
        else
            Complete(reply, descriptors);
    }

    // The answer to Upgrade, which has none of its own: whoever could answer is no more.
    private void Greet()
    {
        foreach (var (number, pending) in _pending.Where(entry => entry.Value.IsUpgrade).ToList())
        {
            _pending.Remove(number);
            pending.Done.SetResult(new Answer(new Reply(), [], null));
        }

        Replaced?.Invoke();
    }

    private void Complete(Reply reply, List<FileDescriptor> descriptors)
    {
        if (!_pending.TryGetValue(reply.Number, out var pending))
        {
            descriptors.ForEach(descriptor => descriptor.Dispose());
            return;
        }

        if (reply.More)
        {
            pending.Item!(new Answer(reply, descriptors, null));
            return;
        }

        _pending.Remove(reply.Number);
        if (reply.Failure is { } failure)
            pending.Done.SetException(failure.ToException());
        else
            pending.Done.SetResult(new Answer(reply, descriptors, reply.Pid == 0 ? null : BeginExec(reply.Number)));
    }

    private Task<ExitStatus?> BeginExec(long number)
    {
        var exited = new TaskCompletionSource<ExitStatus?>(TaskCreationOptions.RunContinuationsAsynchronously);
        _execs.Add(number, exited);
        return exited.Task;
    }

    private void EndExec(long number, ExitState ended)
    {
        if (_execs.Remove(number, out var exited))
            exited.SetResult(ended.Unknown ? null : new ExitStatus(ended.Code, ended.Signal));
    }

    private void FailAll()
    {
        foreach (var pending in _pending.Values)
            pending.Done.SetException(Lost());
        foreach (var exited in _execs.Values)
            exited.SetException(Lost());
        _pending.Clear();
        _execs.Clear();
    }
}
