namespace Ocid.Runtime.Cgroups.Stats;

/// <summary>Memory in bytes.</summary>
public sealed record MemoryUsage
{
    /// <summary>All memory charged, caches included.</summary>
    public required ulong Usage { get; init; }

    /// <summary>Usage without the file cache that was not used lately: what the kubelet evicts by.</summary>
    public required ulong WorkingSet { get; init; }

    /// <summary>What the limit leaves beyond the working set; null without a limit.</summary>
    public ulong? Available { get; init; }

    /// <summary>The limit; null is none.</summary>
    public ulong? Limit { get; init; }

    /// <summary>Anonymous memory.</summary>
    public required ulong Rss { get; init; }

    /// <summary>File cache.</summary>
    public required ulong Cache { get; init; }

    /// <summary>Mapped files.</summary>
    public required ulong MappedFile { get; init; }

    /// <summary>Kernel memory, where it is counted.</summary>
    public ulong? Kernel { get; init; }

    /// <summary>The most that was charged at once, where the kernel keeps it.</summary>
    public ulong? Peak { get; init; }

    /// <summary>How often the limit was hit.</summary>
    public ulong LimitHits { get; init; }

    /// <summary>Page faults.</summary>
    public required ulong PageFaults { get; init; }

    /// <summary>Page faults that had to read.</summary>
    public required ulong MajorPageFaults { get; init; }
}
