using System.Text.Json;
using Ocid.Linux;

namespace Ocid.Runtime.Monitoring.Protocol;

// A connection on an event loop: packets come as calls, and those that the other side does not take yet wait, up to a limit.
// Used on the loop only.
internal sealed class PacketChannel(EventLoop loop, SeqPacketConnection connection)
{
    private const int MostUnsent = 4096;

    private readonly byte[] _buffer = new byte[Packet.Longest];
    private readonly Queue<(byte[] Packet, List<FileDescriptor> Descriptors)> _unsent = new();
    private EventWatch? _watch;

    /// <summary>Called with the bytes, which are valid during the call, and the descriptors, now the handler's.</summary>
    public delegate void PacketHandler(ReadOnlySpan<byte> packet, List<FileDescriptor> descriptors);

    /// <summary>The other side is gone, does not read, or speaks something else; called once.</summary>
    public event Action? Closed;

    public SeqPacketConnection Connection => connection;

    public bool IsClosed { get; private set; }

    public void Start(PacketHandler handler) => _watch = loop.Watch(connection.Descriptor, EventMask.Read, events => Ready(events, handler));

    /// <summary>Sends a packet, or keeps it until the other side reads; the descriptors stay the caller's.</summary>
    public void Send(byte[] packet, IReadOnlyList<FileDescriptor> descriptors)
    {
        if (IsClosed)
            return;
        try
        {
            if (_unsent.Count == 0 && connection.TrySend(packet, descriptors))
                return;
        }
        catch (LinuxException)
        {
            Close();
            return;
        }

        _unsent.Enqueue((packet, [.. descriptors.Select(Descriptor.Duplicate)]));
        if (_unsent.Count > MostUnsent)
            Close();
        else
            _watch!.Change(EventMask.Read | EventMask.Write);
    }

    public void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        _watch?.Dispose();
        connection.Dispose();
        foreach (var (_, descriptors) in _unsent)
            descriptors.ForEach(descriptor => descriptor.Dispose());
        Closed?.Invoke();
    }

    private void Ready(EventMask events, PacketHandler handler)
    {
        try
        {
            if (events.HasFlag(EventMask.Write))
                SendUnsent();
            var descriptors = new List<FileDescriptor>();
            while (!IsClosed && connection.TryReceive(_buffer, descriptors, out var count))
            {
                if (count == 0)
                {
                    Close();
                    return;
                }

                handler(_buffer.AsSpan(0, count), descriptors);
                descriptors = [];
            }
        }
        catch (Exception failure) when (failure is LinuxException or JsonException)
        {
            Close();
        }
    }

    private void SendUnsent()
    {
        while (_unsent.TryPeek(out var next))
        {
            if (!connection.TrySend(next.Packet, next.Descriptors))
                return;
            _unsent.Dequeue();
            next.Descriptors.ForEach(descriptor => descriptor.Dispose());
        }

        _watch!.Change(EventMask.Read);
    }
}
