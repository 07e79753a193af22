namespace Ocid.Cluster.Elections;

/// <summary>The times of an election.</summary>
/// <param name="Lease">How long the others wait for a leader that says nothing.</param>
/// <param name="Deadline">How long a leader goes on that cannot renew: less than the lease, so that there are never two.</param>
/// <param name="Retry">How often it is tried.</param>
public sealed record ElectionTimes(TimeSpan Lease, TimeSpan Deadline, TimeSpan Retry)
{
    /// <summary>What Kubernetes' own controllers use.</summary>
    public static ElectionTimes Default { get; } = new(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(2));
}
