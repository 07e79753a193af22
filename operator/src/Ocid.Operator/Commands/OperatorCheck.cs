using Ocid.Cluster.Api;
using Ocid.Primitives;

namespace Ocid.Operator.Commands;

/// <summary>Whether the operator is whole: the API server knows the resources, and somebody leads, which is told by the Lease that is renewed.</summary>
/// <param name="client">The API server.</param>
/// <param name="lease">The operator's Lease.</param>
/// <param name="time">The clock of the waits.</param>
internal sealed class OperatorCheck(ClusterClient client, Key lease, TimeProvider time)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Waits until it is.</summary>
    /// <returns>What there is, in a line.</returns>
    /// <exception cref="OcidException">NotFound: a resource is not known. DeadlineExceeded: nobody leads.</exception>
    public async Task<string> RunAsync(TimeSpan limit, CancellationToken ct)
    {
        var configs = await client.ListAsync(Resources.RuntimeConfigs, Scope.All, ct);
        var nodes = await client.ListAsync(Resources.RuntimeNodes, Scope.All, ct);
        var leader = await LeaderAsync(limit, ct);
        return $"{leader} leads; RuntimeConfigs: {configs.Items?.Count ?? 0}, RuntimeNodes: {nodes.Items?.Count ?? 0}";
    }

    // A holder that is gone leaves its name behind; one that is there renews.
    private async Task<string> LeaderAsync(TimeSpan limit, CancellationToken ct)
    {
        var start = time.GetTimestamp();
        string? seen = null;
        while (true)
        {
            var now = await client.GetAsync(Resources.Leases, lease, ct);
            if (now?.Spec?.HolderIdentity is { Length: > 0 } holder)
            {
                if (seen is not null && seen != now.Metadata.ResourceVersion)
                    return holder;
                seen = now.Metadata.ResourceVersion;
            }

            if (time.GetElapsedTime(start) > limit)
                throw new OcidException(ErrorKind.DeadlineExceeded, $"no operator leads: nobody renews the lease {lease.Namespace}/{lease.Name}; next: kubectl -n {lease.Namespace} logs deployment/ocid-operator");
            await Task.Delay(Pause, time, ct);
        }
    }
}
