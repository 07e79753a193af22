using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Ocid.Images.Manifests;
using Ocid.Images.Policy;
using Ocid.Images.Registries;
using Ocid.Primitives;
using Ocid.Storage;
using Ocid.Storage.Archive;

namespace Ocid.Images.Pulling;

/// <summary>Pulls images into the store. Pulls of one image, with the same options, that are asked for at the same time are one pull.</summary>
/// <param name="store">Where images go.</param>
/// <param name="registries">Where they come from.</param>
/// <param name="policy">Which of them may be pulled.</param>
/// <param name="loggers">For what was pulled.</param>
public sealed partial class ImagePuller(Store store, ImageRegistries registries, SignaturePolicy policy, ILoggerFactory loggers) : IAsyncDisposable
{
    // Whoever gives credentials with a short name looked them up as Docker reads it; no other registry of the list may see them.
    private const string ShortNameServer = "docker.io";

    private readonly ILogger _log = loggers.CreateLogger<ImagePuller>();
    private readonly LayersInProgress _layers = new();
    private readonly SemaphoreSlim _layerTurns = new(LayerFetching.ParallelLayers);
    private readonly Dictionary<PullKey, SharedPull> _running = [];
    private readonly List<Task> _ending = [];
    private readonly Lock _gate = new();

    /// <summary>What inflates gzip.</summary>
    public GzipEngine Gzip { get; init; }

    /// <summary>How long a connection may bring nothing, or next to nothing, before it is broken off and another goes on; zero is for ever.</summary>
    public TimeSpan ProgressTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>
    /// How long the network may keep a big layer's pull waiting before what comes of it is written to disk as well, so that an interrupted pull goes on within it.
    /// </summary>
    public TimeSpan KeepBlobsAfter { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Told of each pull that runs, once however many callers wait for it: what it returns is told how far the pull is, to its end.</summary>
    public Func<ImageReference, IProgress<PullProgress>>? Observe { get; init; }

    /// <summary>What a layer may cost.</summary>
    public ExtractionLimits Limits { get; init; } = ExtractionLimits.Default;

    /// <summary>Pulls an image, or joins a pull of it; returns when it is in the store, durable and named.</summary>
    /// <param name="reference">What to pull; <c>latest</c> where it has neither tag nor digest.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told how far it is, where anybody wants to know.</param>
    /// <param name="ct">
    /// Cancels, at once: the pull itself ends with the last who waits for it, and cleans up behind it. Layers that had come whole, and what had come of big and slow
    /// ones, are taken up by the next pull within the hour; nothing else stays.
    /// </param>
    /// <exception cref="OcidException">
    /// Unavailable: the registry cannot be reached or fails; the message begins with <c>RegistryUnavailable</c>. NotFound: it has no such image, or
    /// none for the platform. PermissionDenied: it wants other credentials; or, where the message begins with
    /// <c>SignatureValidationFailed</c>, the signature policy does not let it through. DataLoss: what it sent is not what it named. ResourceExhausted: a cap, or the disk is full.
    /// </exception>
    public async Task<PulledImage> PullAsync(ImageReference reference, PullOptions options, IProgress<PullProgress>? progress, CancellationToken ct)
    {
        var required = policy.InForce(options.Namespace, options.SignaturePolicyFile);
        var key = new PullKey(reference.WithDefaultTag().ToString(), options with { Namespace = null, SignaturePolicyFile = null }, required);
        SharedPull? pull;
        lock (_gate)
        {
            if (!_running.TryGetValue(key, out pull) || !pull.TryJoin(progress))
                _running[key] = pull = new SharedPull(reference.WithDefaultTag(), progress);
        }

        try
        {
            return await pull.WaitAsync((shared, token) => RunAsync(reference.WithDefaultTag(), options, required, shared, token), ct);
        }
        finally
        {
            if (pull.Leave(progress))
                End(key, pull);
        }
    }

    /// <summary>Pulls an image by a name from a user, which may say no registry: what it may mean is tried in order.</summary>
    /// <inheritdoc cref="PullAsync(ImageReference, PullOptions, IProgress{PullProgress}, CancellationToken)"/>
    public async Task<PulledImage> PullAsync(string name, PullOptions options, IProgress<PullProgress>? progress, CancellationToken ct)
    {
        var candidates = registries.Candidates(name);
        if (candidates.Count > 1 && options.Credentials is { Server: null } given)
            options = options with { Credentials = given with { Server = ShortNameServer } };

        var failures = new List<OcidException>();
        foreach (var candidate in candidates)
        {
            try
            {
                return await PullAsync(candidate, options, progress, ct);
            }
            catch (OcidException failure) when (candidates.Count > 1)
            {
                failures.Add(failure);
            }
        }

        // The kubelet looks at the beginning.
        throw new OcidException(failures[^1].Kind, string.Join("; ", failures.Select(failure => failure.Message).Reverse()), failures[^1]);
    }

    /// <summary>Fetches one layer of an image; interrupted, the next attempt goes on where this one stopped.</summary>
    /// <returns>The layer, with its staging to be disposed by the caller.</returns>
    internal Task<CommittedLayer> FetchLayerAsync(ImageSource source, Descriptor blob, Digest diffId, CancellationToken ct) =>
        new LayerFetch(store, source, blob, diffId, Fetching()).RunAsync(ct);

    /// <summary>Waits until pulls that were cancelled have cleaned up. Those that run are their callers' to cancel first.</summary>
    public async ValueTask DisposeAsync()
    {
        Task[] ending;
        lock (_gate)
            ending = [.. _ending];
        await Task.WhenAll(ending);
        _layerTurns.Dispose();
    }

    private async Task<PulledImage> RunAsync(ImageReference reference, PullOptions options, PolicyInForce required, SharedPull progress, CancellationToken ct)
    {
        if (Observe?.Invoke(reference) is { } observer)
            progress.Watch(observer);
        try
        {
            var started = Stopwatch.GetTimestamp();
            progress.Report(new PullProgress(PullStage.Resolving));
            var access = new EndpointAccess { Credentials = options.Credentials, TlsVerify = options.TlsVerify };
            using var source = await registries.OpenAsync(reference, access, ct);
            var pull = new ImagePull(store, source, options, required, Fetching(), progress);
            var image = await pull.RunAsync(ct);
            var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
            LogPulled(_log, reference, image.Id, pull.Fetched, seconds);
            return image;
        }
        catch
        {
            progress.Report(new PullProgress(PullStage.Failed));
            throw;
        }
    }

    private LayerFetching Fetching() =>
        new(_layers, _layerTurns, Limits) { Gzip = Gzip, Transfer = new BlobTransfer { ProgressTimeout = ProgressTimeout, KeepAfter = KeepBlobsAfter } };

    // Nobody waits for the cleaning up: the last caller may have been cancelled, and wants its answer now.
    private void End(PullKey key, SharedPull pull)
    {
        lock (_gate)
        {
            if (_running.TryGetValue(key, out var current) && current == pull)
                _running.Remove(key);
            _ending.RemoveAll(ended => ended.IsCompleted);
            _ending.Add(pull.DisposeAsync().AsTask());
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "pulled {Reference} as {Id}: {Fetched} bytes of layers in {Seconds:0.000} s")]
    private static partial void LogPulled(ILogger log, ImageReference reference, ImageId id, long fetched, double seconds);

    // With the credentials: who has none must not get what another's opened. With the policy: what one lets through, another may not.
    private sealed record PullKey(string Reference, PullOptions Options, PolicyInForce Policy);
}
