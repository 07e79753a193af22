using System.Net;
using Ocid.Images.Manifests;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Images.Pulling;

/// <summary>Brings a blob from the registry into a relay, checked, going on where a broken connection left off.</summary>
internal sealed class BlobDownload(IBlobSource registry, Descriptor blob, TimeProvider time, Action<long>? received)
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(60);

    private readonly string _what = $"blob {blob.Digest}";
    private long _length;

    /// <exception cref="OcidException">DataLoss: other bytes than its digest and size say. Unavailable: the registry gave up more often than we.</exception>
    public async Task RunAsync(Relay destination, CancellationToken ct)
    {
        using var hash = BlobDigest.NewHash(blob.Digest);
        for (var attempt = 1; ; attempt++)
        {
            var before = _length;
            try
            {
                using var answer = await registry.OpenBlobAsync(blob, _length, ct);
                await CopyAsync(answer, destination, hash, ct);
                break;
            }
            catch (Exception failure) when (Retry.IsTransient(failure))
            {
                attempt = _length > before ? 1 : attempt;
                if (attempt >= Retry.MostAttempts)
                    throw failure as OcidException ?? RegistryFailure.Unreachable(_what, failure);
                await Retry.PauseAsync(attempt, failure, time, ct);
            }
        }

        BlobDigest.Verify(_what, blob.Digest, hash);
        destination.End();
    }

    private async Task CopyAsync(HttpResponseMessage answer, Relay destination, System.Security.Cryptography.IncrementalHash hash, CancellationToken ct)
    {
        await using var body = await answer.Content.ReadAsStreamAsync(ct);
        // A registry without ranges begins again; what is here already is read past.
        var skip = answer.StatusCode == HttpStatusCode.PartialContent ? 0 : _length;
        while (true)
        {
            var buffer = await destination.RentAsync();
            var length = await ReadAsync(body, buffer, ct);
            var fresh = (int)Math.Max(0, length - skip);
            if (fresh > 0 && fresh < length)
                buffer.AsSpan(length - fresh, fresh).CopyTo(buffer);
            skip -= length - fresh;
            if (_length + fresh > blob.Size)
                throw new OcidException(ErrorKind.DataLoss, $"{_what}: more than the {blob.Size} bytes that the manifest says");
            if (fresh > 0)
            {
                hash.AppendData(buffer, 0, fresh);
                _length += fresh;
                destination.Pass(buffer, fresh);
                received?.Invoke(_length);
            }
            else
            {
                destination.Return(buffer);
            }

            if (length > 0)
                continue;
            if (_length == blob.Size)
                return;
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"{_length} of {blob.Size} bytes");
        }
    }

    private async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(StallLimit);
        try
        {
            return await body.ReadAsync(buffer, limit.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            throw RegistryFailure.Stalled(_what, StallLimit);
        }
    }
}
