using Ocid.Primitives;

namespace Ocid.Cri.State;

/// <summary>The node as pods and containers see it: its directories, its clock, and which boot this is.</summary>
/// <param name="Paths">Where state lives.</param>
/// <param name="BootId">The kernel's random id of this boot (/proc/sys/kernel/random/boot_id).</param>
/// <param name="Settings">What can change while the node serves.</param>
/// <param name="Time">The clock.</param>
/// <param name="Stopping">The daemon ends.</param>
internal sealed record ThisNode(StatePaths Paths, string BootId, NodeSettingsInForce Settings, TimeProvider Time, CancellationToken Stopping)
{
    // The longest of the programs that are run may take two minutes.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);

    /// <summary>
    /// Does to its end what must not be left half done because whoever asked for it waits no more, as a kubelet that is restarted. Only its limit and the end of the
    /// daemon, whose next start goes on, cut it off.
    /// </summary>
    /// <param name="what">The work in an error message, for example <c>remove container 1f2e</c>.</param>
    /// <param name="work">The work.</param>
    /// <exception cref="OcidException">DeadlineExceeded: the limit came first. Aborted: the daemon's end did.</exception>
    public async Task CarryOutAsync(string what, Func<CancellationToken, Task> work)
    {
        using var limit = new CancellationTokenSource(Limit, Time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, Stopping);
        try
        {
            await work(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException cut) when (both.IsCancellationRequested)
        {
            throw limit.IsCancellationRequested
                ? new OcidException(ErrorKind.DeadlineExceeded, $"{what}: not done after {Limit.TotalSeconds:0} s", cut)
                : new OcidException(ErrorKind.Aborted, $"{what}: the daemon ends, its next start goes on", cut);
        }
    }
}
