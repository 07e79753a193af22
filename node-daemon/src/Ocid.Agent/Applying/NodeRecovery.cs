using Ocid.Agent.Journals;

namespace Ocid.Agent.Applying;

/// <summary>Ends a change that a power cut or a kill left half done.</summary>
/// <param name="parts">The node.</param>
public sealed class NodeRecovery(NodeParts parts)
{
    /// <summary>Waits for a change that runs, and takes back one that died.</summary>
    /// <returns>Whether there was one.</returns>
    public async Task<bool> RunAsync(CancellationToken ct)
    {
        if (!Journal.Exists(parts.Paths))
            return false;
        using var held = await new NodeRecords(parts.Paths).LockAsync(ct).ConfigureAwait(false);
        return await new RollBack(parts).RecoverAsync(ct).ConfigureAwait(false);
    }
}
