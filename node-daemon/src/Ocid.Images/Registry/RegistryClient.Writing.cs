using System.Net;
using System.Net.Http.Headers;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

internal sealed partial class RegistryClient
{
    /// <summary>Whether the repository has a blob.</summary>
    public async Task<bool> HasBlobAsync(Digest blob, CancellationToken ct) => await FindBlobAsync(blob, ct) is not null;

    /// <summary>The size of a blob, as the registry says; null where the repository has none, -1 where the registry does not say.</summary>
    public Task<long?> FindBlobAsync(Digest blob, CancellationToken ct) => Retry.TransientAsync(
        async () =>
        {
            try
            {
                using var answer = await _endpoint.SendAsync(new RegistryRequest(HttpMethod.Head, Relative($"blobs/{blob}"), What(blob)), ct);
                return (long?)(answer.Content.Headers.ContentLength ?? -1);
            }
            catch (OcidException missing) when (missing.Kind == ErrorKind.NotFound)
            {
                return null;
            }
        },
        time,
        ct);

    /// <summary>Takes over a blob of another repository of the same registry without sending it.</summary>
    /// <returns>False where the registry would not, for any reason: then it is to be uploaded.</returns>
    public Task<bool> MountBlobAsync(Digest blob, string fromRepositoryPath, CancellationToken ct) => Retry.TransientAsync(
        async () =>
        {
            var path = Relative($"blobs/uploads/?mount={Uri.EscapeDataString(blob.ToString())}&from={Uri.EscapeDataString(fromRepositoryPath)}");
            try
            {
                using var answer = await _endpoint.SendAsync(new RegistryRequest(HttpMethod.Post, path, What(blob)) { AlsoFrom = fromRepositoryPath, Content = Nothing }, ct);
                if (answer.StatusCode == HttpStatusCode.Created)
                    return true;
                // It began an upload instead.
                await BlobUpload.AbandonAsync(_endpoint, What(blob), answer);
                return false;
            }
            catch (OcidException refused) when (refused.Kind is ErrorKind.NotFound or ErrorKind.PermissionDenied or ErrorKind.Unimplemented)
            {
                return false;
            }
        },
        time,
        ct);

    /// <summary>Uploads a blob as it is made: nothing is kept of it.</summary>
    /// <param name="known">Its digest where that is known; other content is refused.</param>
    /// <param name="write">Writes the content, asynchronously. Called again, from the beginning, when the connection breaks.</param>
    /// <param name="ct">Cancels.</param>
    /// <returns>What was sent.</returns>
    public Task<UploadedBlob> UploadBlobAsync(Digest? known, Func<Stream, CancellationToken, Task> write, CancellationToken ct) => Retry.TransientAsync(
        () => new BlobUpload(_endpoint, $"upload to {repository.Name}").RunAsync(known, write, null, ct), time, ct);

    /// <summary>Uploads a blob from a stream. One that cannot seek is read once, so that a broken connection is the end.</summary>
    public Task<UploadedBlob> UploadBlobAsync(Digest? known, Stream content, CancellationToken ct)
    {
        var upload = new BlobUpload(_endpoint, $"upload to {repository.Name}");
        if (content.CanSeek)
        {
            var (start, length) = (content.Position, content.Length - content.Position);
            return Retry.TransientAsync(() => upload.RunAsync(known, (to, token) => CopyAsync(content, start, to, token), length, ct), time, ct);
        }

        var begun = false;
        return upload.RunAsync(known, CopyOnceAsync, null, ct);

        Task CopyOnceAsync(Stream to, CancellationToken token)
        {
            if (begun)
                throw new OcidException(ErrorKind.FailedPrecondition, $"upload to {repository.Name}: the source cannot be read again");
            begun = true;
            return content.CopyToAsync(to, token);
        }
    }

    /// <summary>Writes a manifest or a list.</summary>
    /// <param name="reference">A tag, or the digest of these bytes.</param>
    /// <param name="bytes">The text: its digest is what it is found by.</param>
    /// <param name="mediaType">What it is.</param>
    /// <param name="ct">Cancels.</param>
    public Task WriteManifestAsync(string reference, ReadOnlyMemory<byte> bytes, string mediaType, CancellationToken ct) => Retry.TransientAsync(
        async () =>
        {
            var request = new RegistryRequest(HttpMethod.Put, Relative($"manifests/{reference}"), $"manifest {repository.Name}:{reference}")
            {
                Content = _ => new ReadOnlyMemoryContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } },
                Limit = RegistryRequest.FinishLimit,
            };
            using var answer = await _endpoint.SendAsync(request, ct);
            return true;
        },
        time,
        ct);

    /// <summary>Deletes a manifest, and with it every tag that names it. Needs <see cref="RegistryAccess.Everything"/>.</summary>
    /// <exception cref="OcidException">NotFound: there is none. Unimplemented: the registry does not delete.</exception>
    public Task DeleteManifestAsync(Digest manifest, CancellationToken ct) => Retry.TransientAsync(
        async () =>
        {
            using var answer = await _endpoint.SendAsync(
                new RegistryRequest(HttpMethod.Delete, Relative($"manifests/{manifest}"), $"manifest {repository.Name}@{manifest}"), ct);
            return true;
        },
        time,
        ct);

    private static Task CopyAsync(Stream content, long start, Stream to, CancellationToken ct)
    {
        content.Position = start;
        return content.CopyToAsync(to, ct);
    }

    private static ByteArrayContent Nothing(AnswerLimit limit) => new([]);

    private static Uri Relative(string path) => new(path, UriKind.Relative);
}
