using System.IO.Compression;
using System.Security.Cryptography;
using Ocid.Images.Manifests;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Storage.Archive;

namespace Ocid.Images.Pulling;

/// <summary>What a gzip layer is, of which only the digest is known: found by reading it once. Nothing is kept of it.</summary>
/// <param name="Blob">The layer with its size.</param>
/// <param name="DiffId">The digest of its uncompressed archive.</param>
internal sealed record LayerContent(Descriptor Blob, Digest DiffId)
{
    private static readonly TimeSpan StallLimit = TimeSpan.FromSeconds(60);

    /// <exception cref="OcidException">DataLoss: the layer is not what its digest says, or no gzip, or nobody says its size.</exception>
    public static Task<LayerContent> ReadAsync(IBlobSource source, Digest digest, CancellationToken ct) => Retry.TransientAsync(
        async () =>
        {
            var layer = new Descriptor { MediaType = MediaTypes.DockerLayer, Digest = digest, Size = Descriptor.UnknownSize };
            using var limit = new AnswerLimit(StallLimit, ct);
            try
            {
                using var answer = await source.OpenBlobAsync(layer, 0, limit.Token);
                var size = answer.Content.Headers.ContentLength ?? throw new OcidException(ErrorKind.DataLoss, $"layer {digest}: the registry does not say its size");
                await using var body = await answer.Content.ReadAsStreamAsync(limit.Token);
                return new LayerContent(layer with { Size = size }, await DiffIdAsync(digest, body, limit));
            }
            catch (OperationCanceledException) when (!ct.IsCancellationRequested)
            {
                throw RegistryFailure.Stalled($"layer {digest}", StallLimit);
            }
            catch (InvalidDataException corrupt)
            {
                throw new OcidException(ErrorKind.DataLoss, $"layer {digest}: {corrupt.Message}", corrupt);
            }
        },
        TimeProvider.System,
        ct);

    private static async Task<Digest> DiffIdAsync(Digest digest, Stream body, AnswerLimit limit)
    {
        using HashAlgorithm hash = digest.Algorithm == "sha512" ? SHA512.Create() : SHA256.Create();
        using var content = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var blob = new CryptoStream(body, hash, CryptoStreamMode.Read);
        await using (var archive = new GZipStream(blob, CompressionMode.Decompress, leaveOpen: true))
        {
            var buffer = new byte[64 * 1024];
            var size = 0L;
            while (await archive.ReadAsync(buffer, limit.Token) is var length and > 0)
            {
                limit.Start();
                content.AppendData(buffer, 0, length);
                if ((size += length) > ExtractionLimits.Default.ExpandedSize)
                    throw new OcidException(ErrorKind.ResourceExhausted, $"layer {digest}: its archive is longer than {ExtractionLimits.Default.ExpandedSize} bytes");
            }
        }

        await blob.CopyToAsync(Stream.Null, limit.Token); // the blob's digest is over all of it
        return Convert.ToHexStringLower(hash.Hash!) == digest.Hex
            ? Digest.FromSha256Hash(content.GetCurrentHash())
            : throw new OcidException(ErrorKind.DataLoss, $"layer {digest}: the content has another digest");
    }
}
