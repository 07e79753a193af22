using Microsoft.Extensions.Logging;
using Ocid.Primitives;

namespace Ocid.Networking;

/// <summary>The default network of the node, through CNI plugins.</summary>
public sealed class PodNetwork : IAsyncDisposable
{
    private PodNetwork()
    {
    }

    /// <summary>Whether a usable configuration is loaded; changes with the files, without a restart. Never waits.</summary>
    public NetworkReadiness Readiness => throw new NotImplementedException();

    /// <summary>Whether pods can be attached.</summary>
    public bool Ready => Readiness.Ready;

    /// <summary>Why pods cannot be attached; null when they can.</summary>
    public string? NotReadyReason => Readiness is { Ready: false, Reason: var reason } ? reason : null;

    /// <summary>Attachments on record, for status and for clean-up after a reboot.</summary>
    public IReadOnlyList<CachedAttachment> Attachments => throw new NotImplementedException();

    /// <summary>Loads configuration and records, starts to follow the directories and to retry what was left over.</summary>
    public static Task<PodNetwork> OpenAsync(PodNetworkOptions options, ILoggerFactory loggers, TimeProvider time, CancellationToken ct) =>
        throw new NotImplementedException();

    /// <summary><see cref="Readiness"/>, and from CNI 1.1.0 on what the plugins say to STATUS.</summary>
    public Task<NetworkReadiness> CheckAsync(CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Runs ADD through the plugin chain. After a failure DEL has been run; a second request for an attached sandbox gets the first result.</summary>
    /// <exception cref="OcidException">Unavailable: no usable network. Else the failing plugin's message.</exception>
    public Task<NetworkAttachment> AttachAsync(PodNetworkRequest request, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>What the sandbox got at ADD; null if it is not attached.</summary>
    public NetworkAttachment? Find(PodSandboxId id) => throw new NotImplementedException();

    /// <summary>Runs DEL in reverse from the record of ADD. A sandbox without a record is fine, so is a namespace that is gone.</summary>
    /// <param name="id">The sandbox.</param>
    /// <param name="netnsPath">The pin; null or a path that is no more: the plugins are told that the namespace is gone.</param>
    /// <param name="ct">Ends the wait; the DEL is then due in the background.</param>
    public Task<DetachOutcome> DetachAsync(PodSandboxId id, string? netnsPath, CancellationToken ct) => throw new NotImplementedException();

    /// <summary>Ends the background work; what is due goes on at the next start.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
