using System.Buffers;
using System.Net;
using Ocid.Images.Manifests;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Pulling;

/// <summary>A big blob, from an offset on, in ranges, several on their way at a time, handed out in their order. What is fetched ahead is bounded.</summary>
internal sealed class BlobRanges(IBlobSource registry, Descriptor blob, long start, BlobTransfer transfer, TimeProvider time, string what)
{
    /// <summary>Fetches all ranges.</summary>
    /// <param name="first">The registry's answer to <see cref="OpenFirstAsync"/>.</param>
    /// <param name="take">Takes the bytes in their order.</param>
    /// <param name="ct">Cancels.</param>
    public async Task ReadAsync(HttpResponseMessage first, Func<ReadOnlyMemory<byte>, Task> take, CancellationToken ct)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var fetching = new Queue<Task<byte[]>>();
        var begun = start;
        try
        {
            for (var at = start; at < blob.Size; at += transfer.RangeLength)
            {
                for (; fetching.Count < transfer.ParallelRanges && begun < blob.Size; begun += transfer.RangeLength)
                    fetching.Enqueue(FetchAsync(begun, begun == start ? first : null, stop.Token));
                var buffer = await fetching.Peek();
                await take(buffer.AsMemory(0, LengthOf(at)));
                _ = fetching.Dequeue();
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
        finally
        {
            await stop.CancelAsync();
            await ((Task)Task.WhenAll(fetching)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Asks for the first range; an answer other than PartialContent says that this registry has none.</summary>
    public Task<HttpResponseMessage> OpenFirstAsync(CancellationToken ct) => registry.OpenBlobAsync(blob, start, LengthOf(start), ct);

    private int LengthOf(long offset) => (int)Math.Min(transfer.RangeLength, blob.Size - offset);

    private async Task<byte[]> FetchAsync(long offset, HttpResponseMessage? answer, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(transfer.RangeLength);
        var range = buffer.AsMemory(0, LengthOf(offset));
        var attempts = new BlobAttempts(what, time);
        var hasRanges = true;
        for (var received = 0; ;)
        {
            var before = received;
            try
            {
                using var current = answer ?? await registry.OpenBlobAsync(blob, offset + received, range.Length - received, ct);
                answer = null;
                // Another endpoint took over, perhaps. What is missing then comes as one.
                hasRanges = current.StatusCode == HttpStatusCode.PartialContent;
                if (!hasRanges)
                    throw new OcidException(ErrorKind.Unavailable, $"{what}: no ranges any more");
                await using var body = await current.Content.ReadAsStreamAsync(ct);
                using var clock = new StallClock(transfer.ProgressTimeout, time, what, ct);
                while (received < range.Length && await clock.ReadAsync(body, range[received..]) is var length and > 0)
                    received += length;
                if (received == range.Length)
                    return buffer;
                throw new HttpIOException(HttpRequestError.ResponseEnded, $"{received} of {range.Length} bytes of a range");
            }
            catch (Exception failure) when (hasRanges && Retry.IsTransient(failure))
            {
                answer = null;
                await attempts.AfterAsync(failure, received - before, ct);
            }
        }
    }
}
