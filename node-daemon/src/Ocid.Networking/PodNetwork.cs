using Microsoft.Extensions.Logging;
using Ocid.Networking.Configuration;
using Ocid.Networking.Plugins;
using Ocid.Networking.Records;
using Ocid.Primitives;

namespace Ocid.Networking;

/// <summary>The default network of the node, through CNI plugins.</summary>
public sealed partial class PodNetwork : IAsyncDisposable
{
    private static readonly TimeSpan UndoLimit = TimeSpan.FromMinutes(1);

    private readonly NetworkFollower _follower;
    private readonly AttachmentRecords _records;
    private readonly PluginChain _chain;
    private readonly DetachRetries _retries;
    private readonly SandboxLocks _locks = new();
    private readonly HeldNamespaces _held;
    private readonly ILogger<PodNetwork> _logger;
    private bool _disposed;

    private PodNetwork(PodNetworkOptions options, AttachmentRecords records, ILoggerFactory loggers, TimeProvider time)
    {
        var programs = new PluginPrograms(options.PluginDirectories);
        _logger = loggers.CreateLogger<PodNetwork>();
        _records = records;
        _held = new HeldNamespaces(options.HeldNamespaceDirectory);
        _chain = new PluginChain(new PluginRun(programs, options.PluginTimeout));
        _retries = new DetachRetries(RetryAsync, options.FirstRetryDelay, options.LongestRetryDelay, time);
        _follower = new NetworkFollower(
            new NetworkSelector(options.ConfigurationDirectory, options.DefaultNetwork, programs),
            [options.ConfigurationDirectory, .. options.PluginDirectories],
            loggers.CreateLogger<NetworkFollower>());
    }

    /// <summary>Whether a usable configuration is loaded; changes with the files, without a restart. Never waits.</summary>
    public NetworkReadiness Readiness => _follower.Current.Readiness;

    /// <summary>Whether pods can be attached.</summary>
    public bool Ready => Readiness.Ready;

    /// <summary>Why pods cannot be attached; null when they can.</summary>
    public string? NotReadyReason => Readiness is { Ready: false, Reason: var reason } ? reason : null;

    /// <summary>Attachments on record, for status and for clean-up after a reboot.</summary>
    public IReadOnlyList<CachedAttachment> Attachments => [.. _records.All.Select(record => record.Describe())];

    /// <summary>Loads configuration and records, starts to follow the directories and to retry what was left over.</summary>
    public static async Task<PodNetwork> OpenAsync(PodNetworkOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(options);
        var records = new AttachmentRecords(options.CacheDirectory, loggers.CreateLogger<AttachmentRecords>());
        await Task.Run(records.Load, ct);
        var network = new PodNetwork(options, records, loggers, time);
        network._held.MakeDirectory();
        foreach (var record in records.All.Where(one => one.Detaching))
            network._retries.Enqueue(PodSandboxId.Parse(record.SandboxId));
        network._retries.Start();
        return network;
    }

    /// <summary><see cref="Readiness"/>, and from CNI 1.1.0 on what the plugins say to STATUS.</summary>
    public async Task<NetworkReadiness> CheckAsync(CancellationToken ct)
    {
        var current = _follower.Current;
        if (current.Network is not { } network)
            return current.Readiness;
        try
        {
            await _chain.StatusAsync(network, ct);
            return current.Readiness;
        }
        catch (OcidException e)
        {
            return new NetworkReadiness(false, $"network {network.Name}: {e.Message}");
        }
    }

    /// <summary>Runs ADD through the plugin chain. After a failure DEL has been run; a second request for an attached sandbox gets the first result.</summary>
    /// <exception cref="OcidException">Unavailable: no usable network. Else the failing plugin's message.</exception>
    public async Task<NetworkAttachment> AttachAsync(PodNetworkRequest request, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(request);
        using var held = await _locks.EnterAsync(request.Id, ct);
        var former = _records.Find(request.Id);
        if (former?.Attachment() is { } attached && former.NetworkNamespace == request.NetworkNamespacePath)
            return attached;
        if (former is not null && !await TryDetachAsync(request.Id, former, former.NetworkNamespace, ct))
            throw new OcidException(ErrorKind.Unavailable, $"attach {request.Id}: a former attachment is not released yet");
        var current = _follower.Current;
        var network = current.Network ?? throw new OcidException(ErrorKind.Unavailable, $"network is not ready: {current.Reason}");
        return await AddAsync(request, network, ct);
    }

    /// <summary>What the sandbox got at ADD; null if it is not attached.</summary>
    public NetworkAttachment? Find(PodSandboxId id) => _records.Find(id)?.Attachment();

    /// <summary>Runs DEL in reverse from the record of ADD. A sandbox without a record is fine, so is a namespace that is gone.</summary>
    /// <param name="id">The sandbox.</param>
    /// <param name="netnsPath">The pin; null or a path that is no more: the plugins are told that the namespace is gone.</param>
    /// <param name="ct">Ends the wait; the DEL is then due in the background.</param>
    public async Task<DetachOutcome> DetachAsync(PodSandboxId id, string? netnsPath, CancellationToken ct)
    {
        using var held = await _locks.EnterAsync(id, ct);
        return _records.Find(id) is not { } record || await TryDetachAsync(id, record, netnsPath, ct) ? DetachOutcome.Detached : DetachOutcome.Deferred;
    }

    /// <summary>Ends the background work; what is due goes on at the next start.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, true))
            return;
        await _retries.DisposeAsync();
        await _follower.DisposeAsync();
    }

    private async Task<NetworkAttachment> AddAsync(PodNetworkRequest request, NetworkConfiguration network, CancellationToken ct)
    {
        var record = AttachmentRecord.Of(request, network);
        await _records.SaveAsync(record, ct);
        try
        {
            var result = await _chain.AddAsync(network, record.Call(request.NetworkNamespacePath), record.CapabilityArguments, ct);
            var attachment = PluginResult.Read(request.Id, network.Name, result);
            await _records.SaveAsync(record with { Result = result }, ct);
            return attachment;
        }
        catch (Exception)
        {
            using var bounded = new CancellationTokenSource(UndoLimit);
            await TryDetachAsync(request.Id, record, request.NetworkNamespacePath, bounded.Token);
            throw;
        }
    }

    private async Task<bool> RetryAsync(PodSandboxId id, CancellationToken ct)
    {
        using var held = await _locks.EnterAsync(id, ct);
        return _records.Find(id) is not { Detaching: true } record || await TryDetachAsync(id, record, record.NetworkNamespace, ct);
    }

    // False: the plugins would not let go. The record then says that a DEL is due, here and after a restart.
    private async Task<bool> TryDetachAsync(PodSandboxId id, AttachmentRecord record, string? netnsPath, CancellationToken ct)
    {
        try
        {
            var call = record.Call(_held.PathOf(id, netnsPath));
            await _chain.DelAsync(ConfigurationFile.Parse(record.Configuration), call, record.CapabilityArguments, record.Result, ct);
            await _records.RemoveAsync(id, ct);
            _held.Release(id);
            return true;
        }
        catch (Exception e) when (e is OcidException or OperationCanceledException or IOException or UnauthorizedAccessException)
        {
            LogDeferred(id, e.Message);
            _held.Hold(id, netnsPath);
            await DeferAsync(id, record);
            return false;
        }
    }

    private async Task DeferAsync(PodSandboxId id, AttachmentRecord record)
    {
        try
        {
            if (!record.Detaching)
                await _records.SaveAsync(record with { Detaching = true }, CancellationToken.None);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotRecorded(id, e.Message); // a full disk: the removal goes on, this process still knows what is due
        }

        _retries.Enqueue(id);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "sandbox {Id}: its network is not released, another try follows: {Reason}")]
    private partial void LogDeferred(PodSandboxId id, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "sandbox {Id}: cannot record that its network is still to be released: {Reason}")]
    private partial void LogNotRecorded(PodSandboxId id, string reason);
}
