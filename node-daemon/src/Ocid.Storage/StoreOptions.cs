using Ocid.Primitives;

namespace Ocid.Storage;

/// <summary>Where a store is and how it is used.</summary>
public sealed record StoreOptions
{
    /// <summary>The directory that keeps layers and records, <c>graphroot</c> in storage.conf.</summary>
    public required string Root { get; init; }

    /// <summary>The directory for what does not outlive a boot, <c>runroot</c> in storage.conf.</summary>
    public required string RunRoot { get; init; }

    /// <summary>The storage driver; <c>overlay</c> is the only one.</summary>
    public string Driver { get; init; } = "overlay";

    /// <summary>Options of each rootfs mount, such as <c>nodev</c> or <c>metacopy=on</c>.</summary>
    public IReadOnlyList<string> MountOptions { get; init; } = [];

    /// <summary>What committed layers survive.</summary>
    public Durability Durability { get; init; } = Durability.Syncfs;

    /// <summary>How long a layer that was unpacked and verified waits for the next attempt to pull its image.</summary>
    public TimeSpan KeepStaged { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Runs between the steps of a commit, so that a test can stop it there.</summary>
    internal Action<string> Reached { get; init; } = static _ => { };

    internal void Validate()
    {
        if (Driver != "overlay")
            throw new OcidException(ErrorKind.InvalidArgument, $"storage driver {Quoted.Text(Driver)}: only overlay is supported");
        if (!Path.IsPathFullyQualified(Root) || !Path.IsPathFullyQualified(RunRoot))
            throw new OcidException(ErrorKind.InvalidArgument, "storage root and runroot: want absolute paths");
    }
}
