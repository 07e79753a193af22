namespace Ocid.Spec.Schema;

/// <summary>Memory limits in bytes.</summary>
public sealed record LinuxMemory
{
    /// <summary>Memory.</summary>
    public long? Limit { get; init; }

    /// <summary>Soft limit.</summary>
    public long? Reservation { get; init; }

    /// <summary>Memory and swap together; -1 is no limit.</summary>
    public long? Swap { get; init; }

    /// <summary>0 to 100, cgroup v1 only.</summary>
    public ulong? Swappiness { get; init; }

    /// <summary>cgroup v1 only.</summary>
    public bool? DisableOOMKiller { get; init; }

    /// <summary>Refuse an update to less than what is in use.</summary>
    public bool? CheckBeforeUpdate { get; init; }
}
