using Ocid.Agent.Installing;
using Ocid.Agent.Journals;
using Ocid.Agent.Staging;
using Ocid.Primitives;

namespace Ocid.Agent.Applying;

/// <summary>Takes away everything that the agent put onto the host, the runtime included, without a cluster. Interrupted, it is called again and goes on.</summary>
/// <param name="parts">The node.</param>
public sealed class NodeRelease(NodeParts parts)
{
    /// <summary>Releases the node; one with nothing of ours stays as it is.</summary>
    /// <returns>What stays, each with the reason.</returns>
    /// <exception cref="OcidException">FailedPrecondition: a kubelet's pods run here, and nothing was changed.</exception>
    public async Task<IReadOnlyList<string>> RunAsync(CancellationToken ct)
    {
        if (!Journal.Exists(parts.Paths))
            return [];

        using var held = await new NodeRecords(parts.Paths).LockAsync(ct).ConfigureAwait(false);
        await new RollBack(parts).RecoverAsync(ct).ConfigureAwait(false);
        var staged = new StagedRevisions(parts.Paths);
        var isOurs = new Installation(parts.Paths, parts.Services).CurrentVersion is not null;
        var isConfigured = staged.Current is not null;
        if (isOurs)
        {
            await parts.Runtime.RemovePodsAsync(ct).ConfigureAwait(false);
            await parts.Services.StopAsync(ct).ConfigureAwait(false);
        }

        var kept = Journal.Open(parts.Paths).Restore();
        await parts.Services.ReadUnitsAsync(ct).ConfigureAwait(false);
        // A preinstalled one goes on as it was configured before.
        if (!isOurs && isConfigured)
            await parts.Services.RestartAsync(ct).ConfigureAwait(false);
        return kept;
    }
}
