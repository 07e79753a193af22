using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Ocid.Agent.Applying;
using Ocid.Agent.Cluster;
using Ocid.Agent.Cluster.Wire;
using Ocid.Agent.Hosts;
using Ocid.Agent.Installing;
using Ocid.Agent.Journals;
using Ocid.Agent.Preflight;
using Ocid.Agent.Services;
using Ocid.Agent.Staging;
using Ocid.Primitives;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Agent;

/// <summary>
/// Follows this node's RuntimeNode: stages the revision that it asks for, has the host apply it, and reports. It decides from what the object and the host's files
/// say, so that it may be killed at any time; without an API server the node keeps what it has.
/// </summary>
public sealed partial class NodeAgent
{
    private static readonly TimeSpan FollowInterval = TimeSpan.FromMilliseconds(250);

    private readonly AgentOptions _options;
    private readonly NodePaths _paths;
    private readonly ClusterApi _api;
    private readonly HostCommands _hands;
    private readonly IServiceControl _services;
    private readonly HostCheck _host;
    private readonly StatusReport _report;
    private readonly ILogger _log;

    /// <param name="options">What the agent is told.</param>
    /// <param name="paths">The node.</param>
    /// <param name="api">The API server.</param>
    /// <param name="services">The host's services.</param>
    /// <param name="host">What the host is.</param>
    /// <param name="loggers">For what it does.</param>
    public NodeAgent(AgentOptions options, NodePaths paths, ClusterApi api, IServiceControl services, HostCheck host, ILoggerFactory loggers)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _paths, _api, _services, _host) = (options, paths, api, services, host);
        _hands = new HostCommands(paths, services, options.Version);
        _log = loggers.CreateLogger<NodeAgent>();
        _report = new StatusReport(options.Node, paths, api, TimeProvider.System);
    }

    /// <summary>Runs until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        // Only the latest object counts: what came while a revision was applied is skipped.
        var latest = Channel.CreateBounded<RuntimeNodeObject?>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var watching = WatchAsync(latest.Writer, stop.Token);
        try
        {
            if (NodeOverview.Read(_paths).IsChanging)
                await TryAsync("take back a change that was interrupted", () => _hands.RecoverAsync(ct), ct).ConfigureAwait(false);
            await foreach (var node in latest.Reader.ReadAllAsync(ct).ConfigureAwait(false))
                await TryAsync("follow the RuntimeNode", () => FollowAsync(node, ct), ct).ConfigureAwait(false);
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await watching.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task WatchAsync(ChannelWriter<RuntimeNodeObject?> latest, CancellationToken ct)
    {
        await foreach (var node in new RuntimeNodeWatch(_api, _options.Node, TimeProvider.System, _log).ReadAsync(ct).ConfigureAwait(false))
            latest.TryWrite(node);
    }

    // Deleted without a release: the node holds what it has.
    private async Task FollowAsync(RuntimeNodeObject? node, CancellationToken ct)
    {
        if (node is null)
            return;
        var host = _host.Read();
        var state = NodeOverview.Read(_paths).State;
        if (host.WhyUnfit is { } reason)
            await _report.WriteAsync(node, host, NodePhase.Unsupported, reason, ct).ConfigureAwait(false);
        else if (node.Spec.Release)
            await ReleaseAsync(node, host, ct).ConfigureAwait(false);
        else if (RevisionHash.TryParse(node.Spec.DesiredRevision, out var desired) && desired.Value != state.Failed && (desired.Value != state.Current || state.Phase != NodePhase.Updated))
            await ApplyAsync(node, host, desired, ct).ConfigureAwait(false);
        else
            await _report.WriteAsync(node, host, ct).ConfigureAwait(false);
    }

    private async Task ApplyAsync(RuntimeNodeObject node, HostReport host, RevisionHash desired, CancellationToken ct)
    {
        try
        {
            var revision = await _api.GetRevisionAsync(_options.RevisionNamespace, desired, ct).ConfigureAwait(false);
            var journal = Journal.Open(_paths);
            var installation = new Installation(_paths, _services);
            // This program is the host's hands, whichever version the revision wants.
            installation.Bring(journal, _options.Program, _options.Version);
            new StagedRevisions(_paths).Stage(revision, journal);
        }
        catch (OcidException failure) when (failure.Kind != ErrorKind.Unavailable)
        {
            await _report.WriteAsync(node, host, NodePhase.Degraded, $"revision {desired} is not staged: {failure.Message}", ct).ConfigureAwait(false);
            return;
        }

        await _report.WriteAsync(node, host, NodePhase.Staged, "", ct).ConfigureAwait(false);
        LogApplying(_log, desired.Value);
        var reported = NodePhase.Staged;
        var applying = _hands.ApplyAsync(desired, ct);
        while (await Task.WhenAny(applying, Task.Delay(FollowInterval, ct)).ConfigureAwait(false) != applying && !ct.IsCancellationRequested)
        {
            var overview = NodeOverview.Read(_paths);
            if (!overview.IsChanging || overview.State.Phase == reported || overview.State.Phase is not (NodePhase.Applying or NodePhase.Verifying))
                continue;
            reported = overview.State.Phase;
            await TryAsync("report", () => _report.WriteAsync(node, host, reported, "", ct), ct).ConfigureAwait(false);
        }

        await TryAsync($"apply revision {desired}", () => applying, ct).ConfigureAwait(false);
        await _report.WriteAsync(node, host, ct).ConfigureAwait(false);
        var phase = NodeOverview.Read(_paths).State.Phase;
        LogApplied(_log, desired.Value, phase);
    }

    private async Task ReleaseAsync(RuntimeNodeObject node, HostReport host, CancellationToken ct)
    {
        if (Journal.Exists(_paths))
        {
            await _report.WriteAsync(node, host, NodePhase.Releasing, "", ct).ConfigureAwait(false);
            try
            {
                await _hands.ReleaseAsync(ct).ConfigureAwait(false);
            }
            catch (OcidException failure)
            {
                await _report.WriteAsync(node, host, NodePhase.Degraded, failure.Message, ct).ConfigureAwait(false);
                return;
            }
        }

        await _report.WriteAsync(node, host, NodePhase.Released, "", ct).ConfigureAwait(false);
    }

    // The agent goes on whatever fails: the next look at the object is the next attempt.
    private async Task TryAsync(string what, Func<Task> step, CancellationToken ct)
    {
        try
        {
            await step().ConfigureAwait(false);
        }
        catch (Exception failure) when (!ct.IsCancellationRequested && failure is OcidException or IOException or UnauthorizedAccessException)
        {
            LogFailure(_log, what, failure.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "revision {Revision} is staged and is being applied")]
    private static partial void LogApplying(ILogger log, string revision);

    [LoggerMessage(Level = LogLevel.Information, Message = "revision {Revision}: {Phase}")]
    private static partial void LogApplied(ILogger log, string revision, NodePhase phase);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What}: {Reason}")]
    private static partial void LogFailure(ILogger log, string what, string reason);
}
