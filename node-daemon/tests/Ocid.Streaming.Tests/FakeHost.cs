using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ocid.Primitives;

namespace Ocid.Streaming.Tests;

/// <summary>
/// A host without containers. Commands: <c>cat</c>, <c>exit N</c>, <c>print OUT ERR</c>, <c>sizes</c>, <c>flood BYTES</c>, <c>fail</c>, <c>wait</c>. Ports are those of this machine.
/// </summary>
internal sealed class FakeHost : IStreamingHost
{
    private readonly TaskCompletionSource _abandoned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _flooded;

    /// <summary>Completes when the client of a command has gone.</summary>
    public Task Abandoned => _abandoned.Task;

    /// <summary>Bytes that <c>flood</c> has written.</summary>
    public long Flooded => Interlocked.Read(ref _flooded);

    public async Task<int> ExecAsync(ExecOffer offer, ProcessStreams streams, CancellationToken ct)
    {
        try
        {
            return await RunAsync(offer.Command, streams, ct);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            _abandoned.TrySetResult();
            throw;
        }
    }

    public async Task AttachAsync(AttachOffer offer, ProcessStreams streams, CancellationToken ct) =>
        await streams.Output!.WriteAsync(Encoding.UTF8.GetBytes($"attached to {offer.ContainerId}"), ct);

    public async Task<Socket> DialAsync(string podSandboxId, int port, CancellationToken ct)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, port, ct);
            return socket;
        }
        catch (SocketException refused)
        {
            socket.Dispose();
            throw new OcidException(ErrorKind.Unavailable, refused.Message.ToLowerInvariant(), refused);
        }
    }

    private async Task<int> RunAsync(IReadOnlyList<string> command, ProcessStreams streams, CancellationToken ct)
    {
        switch (command[0])
        {
            case "cat":
                await streams.Input!.CopyToAsync(streams.Output!, ct);
                return 0;
            case "exit":
                return int.Parse(command[1], CultureInfo.InvariantCulture);
            case "print":
                await streams.Output!.WriteAsync(Encoding.UTF8.GetBytes(command[1]), ct);
                await streams.Error!.WriteAsync(Encoding.UTF8.GetBytes(command[2]), ct);
                return 0;
            case "sizes":
                await foreach (var size in streams.Resizes!.ReadAllAsync(ct))
                    await streams.Output!.WriteAsync(Encoding.UTF8.GetBytes($"{size.Columns}x{size.Rows} "), ct);
                return 0;
            case "flood":
                await FloodAsync(streams.Output!, long.Parse(command[1], CultureInfo.InvariantCulture), ct);
                return 0;
            case "fail":
                throw new OcidException(ErrorKind.Internal, "no such program");
            default:
                await Task.Delay(Timeout.Infinite, ct);
                return 0;
        }
    }

    private async Task FloodAsync(Stream output, long bytes, CancellationToken ct)
    {
        var buffer = new byte[64 * 1024];
        while (bytes > 0)
        {
            var count = (int)Math.Min(buffer.Length, bytes);
            await output.WriteAsync(buffer.AsMemory(0, count), ct);
            bytes -= count;
            Interlocked.Add(ref _flooded, count);
        }
    }
}
