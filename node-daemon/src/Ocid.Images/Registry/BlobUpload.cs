using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>One upload: begun, sent in one piece as it is made, and finished by its digest, which is known only then.</summary>
/// <remarks>https://github.com/opencontainers/distribution-spec/blob/main/spec.md#pushing-a-blob-in-chunks, with one chunk</remarks>
internal sealed class BlobUpload(RegistryEndpoint endpoint, string what)
{
    private static readonly TimeSpan AbandonLimit = TimeSpan.FromSeconds(5);

    /// <param name="known">The digest that the content must have, where it is known.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="length">How long it is, where that is known.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<UploadedBlob> RunAsync(Digest? known, Func<Stream, CancellationToken, Task> write, long? length, CancellationToken ct)
    {
        var at = await BeginAsync(ct);
        BlobContent? content = null;
        try
        {
            var patch = new RegistryRequest(HttpMethod.Patch, at, what) { Content = limit => content = new BlobContent(known?.Algorithm, write, length, limit, ct) };
            using (var answer = await endpoint.SendAsync(patch, ct))
                at = Location(answer);

            var sent = content!.Finish();
            if (known is not null && sent.Digest != known)
                throw new OcidException(ErrorKind.DataLoss, $"{what}: the content has the digest {sent.Digest}, not {known}");
            var put = new RegistryRequest(HttpMethod.Put, new Uri($"{at}{(at.Query.Length > 0 ? "&" : "?")}digest={Uri.EscapeDataString(sent.Digest.ToString())}"), what)
            {
                Content = _ => new ByteArrayContent([]),
                Limit = RegistryRequest.FinishLimit,
            };
            using var finished = await endpoint.SendAsync(put, ct);
            return sent;
        }
        catch
        {
            await AbandonAsync(endpoint, what, at);
            content?.ThrowOwnFailure();
            throw;
        }
    }

    /// <summary>Gives up an upload that an answer began.</summary>
    public static Task AbandonAsync(RegistryEndpoint endpoint, string what, HttpResponseMessage begun) =>
        begun.Headers.Location is null ? Task.CompletedTask : AbandonAsync(endpoint, what, Location(what, begun));

    // A courtesy: registries throw away what was begun long ago.
    private static async Task AbandonAsync(RegistryEndpoint endpoint, string what, Uri at)
    {
        using var limit = new CancellationTokenSource(AbandonLimit);
        try
        {
            using var answer = await endpoint.SendAsync(new RegistryRequest(HttpMethod.Delete, at, what), limit.Token);
        }
        catch (Exception e) when (e is OcidException or OperationCanceledException)
        {
            // The failure that led here is the one to tell.
        }
    }

    private async Task<Uri> BeginAsync(CancellationToken ct)
    {
        var begin = new RegistryRequest(HttpMethod.Post, new Uri("blobs/uploads/", UriKind.Relative), what) { Content = _ => new ByteArrayContent([]) };
        using var answer = await endpoint.SendAsync(begin, ct);
        return Location(answer);
    }

    private Uri Location(HttpResponseMessage answer) => Location(what, answer);

    private static Uri Location(string what, HttpResponseMessage answer) => answer.Headers.Location is { } location
        ? new Uri(answer.RequestMessage!.RequestUri!, location)
        : throw new OcidException(ErrorKind.DataLoss, $"{what}: the registry does not say where to go on");
}
