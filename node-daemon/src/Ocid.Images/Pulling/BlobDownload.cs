using System.Buffers;
using System.Net;
using System.Security.Cryptography;
using Ocid.Images.Manifests;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Pulling;

/// <summary>Brings a blob from the registry into a relay, checked, going on where a broken connection, or an earlier attempt, left off.</summary>
internal sealed class BlobDownload(IBlobSource registry, Descriptor blob, BlobTransfer transfer, TimeProvider time, Action<long>? received)
{
    private readonly string _what = $"blob {blob.Digest}";
    private long _length;
    private bool _inRanges;

    /// <summary>What an earlier attempt left of the blob.</summary>
    public KeptBytes? Kept { get; init; }

    /// <exception cref="OcidException">DataLoss: other bytes than its digest and size say. Unavailable: the registry gave up more often than we.</exception>
    public async Task RunAsync(Relay destination, CancellationToken ct)
    {
        using var hash = BlobDigest.NewHash(blob.Digest);
        var attempts = new BlobAttempts(_what, time);
        do
        {
            var before = _length;
            try
            {
                await NextAsync(destination, hash, ct);
            }
            catch (Exception failure) when (Retry.IsTransient(failure))
            {
                await attempts.AfterAsync(failure, _length - before, ct);
            }
        }
        while (_length < blob.Size);

        BlobDigest.Verify(_what, blob.Digest, hash);
        destination.End();
    }

    private Task NextAsync(Relay destination, IncrementalHash hash, CancellationToken ct)
    {
        if (Kept is not null && _length < Kept.Start)
            return BeforeKeptAsync(Kept, destination, hash, ct);
        if (Kept is not null && _length < Kept.End)
            return KeptAsync(Kept, destination, hash, ct);
        if (_inRanges || blob.Size - _length < transfer.RangesFrom)
            return AsOneAsync(destination, hash, ct);
        _inRanges = true; // each range was tried often enough
        return InRangesAsync(destination, hash, ct);
    }

    private async Task BeforeKeptAsync(KeptBytes kept, Relay destination, IncrementalHash hash, CancellationToken ct)
    {
        using var answer = await registry.OpenBlobAsync(blob, _length, kept.Start - _length, ct);
        await CopyAsync(answer, kept.Start, destination, hash, ct);
    }

    private async Task KeptAsync(KeptBytes kept, Relay destination, IncrementalHash hash, CancellationToken ct)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(transfer.RangeLength);
        while (_length < kept.End)
        {
            var length = await kept.Blob.ReadAsync(_length, buffer.AsMemory(0, (int)Math.Min(buffer.Length, kept.End - _length)), ct);
            if (length == 0)
                throw new OcidException(ErrorKind.DataLoss, $"{_what}: what was kept of it ends at {_length}, not at {kept.End}");
            await PassAsync(destination, buffer.AsMemory(0, length), hash);
        }

        ArrayPool<byte>.Shared.Return(buffer);
    }

    private async Task InRangesAsync(Relay destination, IncrementalHash hash, CancellationToken ct)
    {
        var ranges = new BlobRanges(registry, blob, _length, transfer, time, _what);
        using var answer = await ranges.OpenFirstAsync(ct);
        if (answer.StatusCode == HttpStatusCode.PartialContent)
            await ranges.ReadAsync(answer, range => PassAsync(destination, range, hash), ct);
        else
            await CopyAsync(answer, blob.Size, destination, hash, ct);
    }

    private async Task AsOneAsync(Relay destination, IncrementalHash hash, CancellationToken ct)
    {
        using var answer = await registry.OpenBlobAsync(blob, _length, ct);
        await CopyAsync(answer, blob.Size, destination, hash, ct);
    }

    private async Task PassAsync(Relay destination, ReadOnlyMemory<byte> range, IncrementalHash hash)
    {
        while (!range.IsEmpty)
        {
            var buffer = await destination.RentAsync();
            var length = Math.Min(buffer.Length, range.Length);
            range[..length].CopyTo(buffer);
            range = range[length..];
            Pass(destination, buffer, length, hash);
        }
    }

    private async Task CopyAsync(HttpResponseMessage answer, long until, Relay destination, IncrementalHash hash, CancellationToken ct)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        using var clock = new StallClock(transfer.ProgressTimeout, time, _what, ct);
        // A registry without ranges begins again, and goes to the end; what is here already is read past.
        var (skip, end) = answer.StatusCode == HttpStatusCode.PartialContent ? (0, until) : (_length, blob.Size);
        while (true)
        {
            var buffer = await destination.RentAsync();
            var length = await FillAsync(clock, body, buffer);
            var fresh = (int)Math.Max(0, length - skip);
            if (fresh > 0 && fresh < length)
                buffer.AsSpan(length - fresh, fresh).CopyTo(buffer);
            skip -= length - fresh;
            if (_length + fresh > end)
                throw new OcidException(ErrorKind.DataLoss, $"{_what}: more than the {blob.Size} bytes that the manifest says");
            if (fresh > 0)
                Pass(destination, buffer, fresh, hash);
            else
                destination.Return(buffer);

            if (length > 0)
                continue;
            if (_length == end)
                return;
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"{_length} of {blob.Size} bytes");
        }
    }

    // The network gives a little at a time; what is passed on costs two switches of threads. What came before a connection broke is passed on too.
    private static async Task<int> FillAsync(StallClock clock, Stream body, byte[] buffer)
    {
        var length = 0;
        try
        {
            while (length < buffer.Length && await clock.ReadAsync(body, buffer.AsMemory(length)) is var read and > 0)
                length += read;
        }
        catch (Exception broken) when (length > 0 && Retry.IsTransient(broken))
        {
            // The next read fails again, or ends.
        }

        return length;
    }

    private void Pass(Relay destination, byte[] buffer, int length, IncrementalHash hash)
    {
        hash.AppendData(buffer, 0, length);
        _length += length;
        destination.Pass(buffer, length);
        received?.Invoke(_length);
    }
}
