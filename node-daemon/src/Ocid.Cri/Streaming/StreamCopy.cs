using System.Threading.Channels;
using Ocid.Linux;
using Ocid.Streaming;

namespace Ocid.Cri.Streaming;

/// <summary>Copies between a process and a client, each way at the pace of whoever reads.</summary>
internal static class StreamCopy
{
    private const int BufferSize = 32 * 1024;

    /// <summary>What a process that has ended leaves in its pipes is there at once; what a descendant with the same pipe prints after that is not waited for.</summary>
    public static TimeSpan OutputGrace { get; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Copies what a process prints to the end, or until nothing is there once <paramref name="ended"/> is cancelled.</summary>
    public static async Task OutAsync(PolledDescriptor? from, Stream? to, CancellationToken ended, CancellationToken ct)
    {
        if (from is null || to is null)
            return;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(ended, ct);
        var buffer = new byte[BufferSize];
        var wanted = true;
        while (true)
        {
            var over = ended.IsCancellationRequested;
            if (!from.TryRead(buffer, out var count))
            {
                if (over)
                    return;
                await from.WhenReadableAsync(either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                ct.ThrowIfCancellationRequested();
            }
            else if (count == 0)
                return;
            else
                wanted = wanted && await TryWriteAsync(to, buffer.AsMemory(0, count), ct).ConfigureAwait(false);
        }
    }

    /// <summary>Copies what a client types to the end; what a process does not read any more is thrown away, so that the client's connection goes on.</summary>
    public static async Task InAsync(Stream from, PolledDescriptor to, CancellationToken ct)
    {
        var buffer = new byte[BufferSize];
        var read = true;
        try
        {
            while (await from.ReadAsync(buffer, ct).ConfigureAwait(false) is > 0 and var count)
                read = read && await to.WriteAsync(buffer.AsMemory(0, count), ct).ConfigureAwait(false);
        }
        catch (IOException)
        {
            // The client has reset its input, or is gone: there is no more of it.
        }
    }

    /// <summary>Passes on the sizes of a client's terminal.</summary>
    public static async Task ResizeAsync(ChannelReader<TerminalSize>? sizes, Func<TerminalSize, Task> resize, CancellationToken ct)
    {
        if (sizes is null)
            return;
        await foreach (var size in sizes.ReadAllAsync(ct).ConfigureAwait(false))
            await resize(size).ConfigureAwait(false);
    }

    // False when the client does not want this stream any more: the process must not hang on that.
    private static async ValueTask<bool> TryWriteAsync(Stream to, ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        try
        {
            await to.WriteAsync(bytes, ct).ConfigureAwait(false);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
