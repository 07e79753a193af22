using k8s.Models;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities.Core;

namespace Ocid.Cluster.Elections;

/// <summary>A Lease as one of those who want it sees it.</summary>
internal sealed class HeldLease(ClusterClient client, Key key, string identity, TimeProvider time, ElectionTimes times)
{
    private Lease? _seen;
    private long _seenAt;

    /// <summary>Who holds it, as last seen.</summary>
    public string? Holder => _seen?.Spec?.HolderIdentity;

    /// <summary>Whether somebody else holds it.</summary>
    public bool IsTaken => Holder is { Length: > 0 } holder && holder != identity;

    /// <summary>Takes or renews it, where nobody else holds it.</summary>
    /// <returns>Whether it is held.</returns>
    public async Task<bool> TryAsync(CancellationToken ct)
    {
        try
        {
            // A holder knows what it wrote last: where that is still so, one request is enough.
            if (Holder != identity)
                See(await client.GetAsync(Resources.Leases, key, ct));
            if (_seen is null)
                See(await client.CreateAsync(Resources.Leases, New(), ct), isNew: true);
            else if (IsTaken && time.GetElapsedTime(_seenAt) < Duration(_seen))
                return false;
            else
                See(await client.ReplaceAsync(Resources.Leases, Next(_seen), ct), isNew: true);
            return true;
        }
        catch (ApiException failure) when (failure.Failure is ApiFailure.Conflict or ApiFailure.AlreadyExists or ApiFailure.NotFound)
        {
            // Somebody was here: what is there now decides, at the next try.
            See(await client.GetAsync(Resources.Leases, key, ct));
            return false;
        }
    }

    /// <summary>Gives it back, so that the next one need not wait.</summary>
    public async Task ReleaseAsync(CancellationToken ct)
    {
        if (_seen is not { } held || held.Spec?.HolderIdentity != identity)
            return;
        var released = held with { Spec = held.Spec with { HolderIdentity = "", LeaseDurationSeconds = 1, RenewTime = time.GetUtcNow() } };
        _seen = null;
        await client.ReplaceAsync(Resources.Leases, released, ct);
    }

    private void See(Lease? lease, bool isNew = false)
    {
        if (isNew || lease?.Metadata.ResourceVersion != _seen?.Metadata.ResourceVersion)
            _seenAt = time.GetTimestamp();
        _seen = lease;
    }

    private TimeSpan Duration(Lease lease) => lease.Spec?.LeaseDurationSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : times.Lease;

    private Lease New() => new()
    {
        Metadata = new V1ObjectMeta { Name = key.Name, NamespaceProperty = key.Namespace },
        Spec = Held(time.GetUtcNow(), 0),
    };

    private Lease Next(Lease seen) => seen with
    {
        Spec = Holder == identity
            ? Held(seen.Spec!.AcquireTime ?? time.GetUtcNow(), seen.Spec.LeaseTransitions ?? 0)
            : Held(time.GetUtcNow(), seen.Spec is { } spec ? (spec.LeaseTransitions ?? 0) + 1 : 0),
    };

    private Lease.LeaseSpec Held(DateTimeOffset acquired, int transitions) => new()
    {
        HolderIdentity = identity,
        LeaseDurationSeconds = (int)Math.Ceiling(times.Lease.TotalSeconds),
        AcquireTime = acquired,
        RenewTime = time.GetUtcNow(),
        LeaseTransitions = transitions,
    };
}
