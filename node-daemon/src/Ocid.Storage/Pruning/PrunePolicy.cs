namespace Ocid.Storage.Pruning;

/// <summary>Which images go. One that a container uses, whoever runs it, never goes, nor one of a read-only store.</summary>
public sealed record PrunePolicy
{
    /// <summary>Also images that have names; without, only those that lost theirs.</summary>
    public bool Named { get; init; }

    /// <summary>Only those that came into the store at least so long ago.</summary>
    public TimeSpan OlderThan { get; init; }

    /// <summary>Only while more of the file system than this is used, in percent; null removes whatever the rest says.</summary>
    public int? Above { get; init; }

    /// <summary>Once <see cref="Above"/> is passed, the oldest go until no more than this is used, in percent.</summary>
    public int DownTo { get; init; }
}
