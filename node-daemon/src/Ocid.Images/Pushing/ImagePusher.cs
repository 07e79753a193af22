using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Ocid.Images.Registries;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Pushing;

/// <summary>Pushes images of the store to registries.</summary>
/// <param name="store">Where images come from.</param>
/// <param name="registries">How registries are spoken to.</param>
/// <param name="loggers">For what was pushed.</param>
public sealed partial class ImagePusher(Store store, ImageRegistries registries, ILoggerFactory loggers)
{
    private readonly ILogger _log = loggers.CreateLogger<ImagePusher>();

    /// <summary>
    /// Pushes an image. Blobs that the destination has, or takes over from the repository of the same registry that the image came from, are not sent
    /// again, and where that is so of all of them, or they are not compressed, the manifest is pushed as it came and keeps its digest. Otherwise layers
    /// are compressed anew and the manifest names the new blobs. The configuration never changes, nor does the image's id.
    /// </summary>
    /// <param name="image">An id, a name, or the beginning of an id.</param>
    /// <param name="destination">Where to; <c>latest</c> where it has neither tag nor digest. With a digest, only a manifest of that digest is pushed.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how far it is, where anybody wants to know.</param>
    /// <param name="ct">Cancels; blobs that were sent stay at the registry, unnamed.</param>
    /// <exception cref="OcidException">
    /// NotFound: no such image. InvalidArgument: a compression or level that there is not, or not in that format. FailedPrecondition: its layers cannot be put together again, or the digest is another. DataLoss: a file on disk is not what it
    /// was, named by its path. PermissionDenied: the registry wants other credentials, or is blocked. Unavailable: it cannot be reached or fails.
    /// </exception>
    public async Task<PushedImage> PushAsync(string image, ImageReference destination, PushOptions options, IProgress<PushProgress>? progress, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        var reference = destination.WithDefaultTag();
        var stored = await StoredImage.ReadAsync(store, image, ct, registries.NamesInStore(image));
        var access = new EndpointAccess { Credentials = options.Credentials, TlsVerify = options.TlsVerify };
        using var registry = await registries.ConnectToTargetAsync(reference, access, RegistryAccess.PullAndPush, ct);
        var pushed = await new ImagePush(store, stored, registry, reference, options, progress ?? new Progress<PushProgress>()).RunAsync(ct);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        LogPushed(_log, pushed.Id, reference, pushed.ManifestDigest, seconds);
        return pushed;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "pushed {Id} to {Reference} as {Manifest} in {Seconds:0.000} s")]
    private static partial void LogPushed(ILogger log, ImageId id, ImageReference reference, Digest manifest, double seconds);
}
