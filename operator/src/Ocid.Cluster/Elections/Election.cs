using System.Security.Cryptography;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Cluster.Api;
using Ocid.Cluster.Metrics;

namespace Ocid.Cluster.Elections;

/// <summary>
/// One of several processes leads, the one that holds a Lease. Whether another's lease is over is told by this process' own clock, from when it last saw the lease change: the clocks
/// of others do not matter.
/// </summary>
public sealed partial class Election
{
    private readonly HeldLease _lease;
    private readonly string _name;
    private readonly TimeProvider _time;
    private readonly ElectionTimes _times;
    private readonly ILogger _log;
    private readonly ClusterMetrics? _metrics;

    /// <param name="client">The API server.</param>
    /// <param name="lease">The Lease.</param>
    /// <param name="identity">Who this is: no other process may ever be of this name.</param>
    /// <param name="time">The clock.</param>
    /// <param name="log">Says who leads.</param>
    /// <param name="metrics">Says whether this one does.</param>
    /// <param name="times">Null takes the usual ones.</param>
    public Election(ClusterClient client, Key lease, string identity, TimeProvider time, ILogger? log = null, ClusterMetrics? metrics = null, ElectionTimes? times = null)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentException.ThrowIfNullOrEmpty(identity);
        (_name, _time, _times, _log, _metrics) = (lease.Name, time, times ?? ElectionTimes.Default, log ?? NullLogger.Instance, metrics);
        _lease = new HeldLease(client, lease, identity, time, _times);
    }

    /// <summary>Whether this process leads.</summary>
    public bool IsLeader { get; private set; }

    /// <summary>The pod's name, or the machine's, and something that no other process has.</summary>
    public static string NewIdentity() => $"{Environment.GetEnvironmentVariable("POD_NAME") ?? Environment.MachineName}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";

    /// <summary>Waits for the lead, leads, and again when it was lost, until it is cancelled or the lead ends by itself: then the lease is given back.</summary>
    /// <param name="lead">What the leader does; its token is cancelled when the lead is lost, and it must end then.</param>
    /// <param name="ct">Cancels.</param>
    public async Task RunAsync(Func<CancellationToken, Task> lead, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(lead);
        _metrics?.Leads(_name, isLeader: false);
        while (true)
        {
            await WinAsync(ct);
            Say(isLeader: true);
            try
            {
                if (await LeadAsync(lead, ct))
                    return;
            }
            finally
            {
                Say(isLeader: false);
            }
        }
    }

    private async Task WinAsync(CancellationToken ct)
    {
        string? seen = null;
        while (!await TryAsync(ct))
        {
            if (_lease.Holder is { Length: > 0 } holder && holder != seen)
                LogFollows(_log, seen = holder);
            await PauseAsync(ct);
        }
    }

    // Whether it ended by itself.
    private async Task<bool> LeadAsync(Func<CancellationToken, Task> lead, CancellationToken ct)
    {
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var leading = BeginAsync(lead, lost.Token);
        var renewing = RenewAsync(ended.Token);
        var isLost = await Task.WhenAny(leading, renewing) == renewing && !ct.IsCancellationRequested;
        await lost.CancelAsync();
        try
        {
            await leading;
        }
        catch (OperationCanceledException) when (isLost)
        {
            // It was told to end.
        }
        finally
        {
            await ended.CancelAsync();
            await renewing;
            if (!isLost)
                await ReleaseAsync();
        }

        return !isLost;
    }

    // What fails at once fails like what fails later.
    private static async Task BeginAsync(Func<CancellationToken, Task> lead, CancellationToken ct) => await lead(ct);

    // Ends when the lead is lost, or is not wanted any more.
    private async Task RenewAsync(CancellationToken ct)
    {
        var last = _time.GetTimestamp();
        try
        {
            while (_time.GetElapsedTime(last) < _times.Deadline)
            {
                await PauseAsync(ct);
                using var limit = new TimeLimit(_time, _times.Deadline - _time.GetElapsedTime(last) is { Ticks: > 0 } left ? left : TimeSpan.FromTicks(1), ct);
                try
                {
                    if (await TryAsync(limit.Token))
                        last = _time.GetTimestamp();
                    else if (_lease.IsTaken)
                        return;
                }
                catch (OperationCanceledException) when (!ct.IsCancellationRequested)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The lead has ended.
        }
    }

    private async Task<bool> TryAsync(CancellationToken ct)
    {
        try
        {
            return await _lease.TryAsync(ct);
        }
        catch (ApiException failure)
        {
            LogTrouble(_log, failure.Message);
            return false;
        }
    }

    private async Task ReleaseAsync()
    {
        using var limit = new TimeLimit(_time, _times.Retry, CancellationToken.None);
        try
        {
            await _lease.ReleaseAsync(limit.Token);
        }
        catch (Exception failure) when (failure is ApiException or OperationCanceledException)
        {
            // The others wait until it is over.
            LogTrouble(_log, failure.Message);
        }
    }

    private void Say(bool isLeader)
    {
        IsLeader = isLeader;
        _metrics?.Leads(_name, isLeader);
        LogLeads(_log, isLeader ? "leads" : "does not lead any more");
    }

    private Task PauseAsync(CancellationToken ct) => Task.Delay(_times.Retry * (1 + 0.2 * Random.Shared.NextDouble()), _time, ct);

    [LoggerMessage(Level = LogLevel.Information, Message = "this process {Leads}")]
    private static partial void LogLeads(ILogger log, string leads);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Holder} leads; this process waits")]
    private static partial void LogFollows(ILogger log, string holder);

    [LoggerMessage(Level = LogLevel.Warning, Message = "lease: {Reason}")]
    private static partial void LogTrouble(ILogger log, string reason);
}
