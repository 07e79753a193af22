using Ocid.Primitives;

namespace Ocid.Storage;

/// <summary>Where a store is and how it is used.</summary>
public sealed record StoreOptions
{
    private static readonly string[] s_others = ["aufs", "btrfs", "devicemapper", "windowsfilter", "zfs"];

    /// <summary>The directory that keeps layers and records, <c>graphroot</c> in storage.conf.</summary>
    public required string Root { get; init; }

    /// <summary>The directory for what does not outlive a boot, <c>runroot</c> in storage.conf.</summary>
    public required string RunRoot { get; init; }

    /// <summary>The storage driver: <c>overlay</c>, or <c>vfs</c>, which copies and runs anywhere.</summary>
    public string Driver { get; init; } = "overlay";

    /// <summary>Options of each rootfs mount, such as <c>nodev</c> or <c>metacopy=on</c>; vfs mounts nothing and takes none.</summary>
    public IReadOnlyList<string> MountOptions { get; init; } = [];

    /// <summary>A directory for images and their layers apart from containers, <c>imagestore</c> in storage.conf; null keeps all in <see cref="Root"/>.</summary>
    public string? ImageStore { get; init; }

    /// <summary>The roots of stores whose images are used and never changed, <c>additionalimagestores</c> in storage.conf: an NFS share, a directory baked into the host. Nothing is written there, no lock file either.</summary>
    public IReadOnlyList<string> AdditionalImageStores { get; init; } = [];

    /// <summary>What committed layers survive.</summary>
    public Durability Durability { get; init; } = Durability.Syncfs;

    /// <summary>How long a layer that was unpacked and verified, or a blob that came in part, waits for the next attempt to pull its image.</summary>
    public TimeSpan KeepStaged { get; init; } = TimeSpan.FromHours(1);

    /// <summary>About how many bytes of blobs that came in part are kept. They never take the last eighth of the file system.</summary>
    public long MostPartialBlobs { get; init; } = 8L << 30;

    /// <summary>Told the file name of a lock that this process has waited a second for, while it waits on.</summary>
    public Action<string> LockWaited { get; init; } = static _ => { };

    /// <summary>Runs between the steps of a commit, so that a test can stop it there.</summary>
    internal Action<string> Reached { get; init; } = static _ => { };

    internal void Validate()
    {
        if (DriverRefusal(Driver) is { } refusal)
            throw new OcidException(ErrorKind.InvalidArgument, $"storage driver {refusal}");
        if (new[] { Root, RunRoot, ImageStore ?? "/" }.Concat(AdditionalImageStores).FirstOrDefault(path => !Path.IsPathFullyQualified(path)) is { } relative)
            throw new OcidException(ErrorKind.InvalidArgument, $"storage root, runroot and image stores: want absolute paths, found {Quoted.Text(relative)}");
        if (ImageStore == Root)
            throw new OcidException(ErrorKind.InvalidArgument, $"storage imagestore {ImageStore}: is the root itself; leave it out");
        if (Driver == "vfs" && MountOptions.Count > 0)
            throw new OcidException(ErrorKind.InvalidArgument, "storage driver vfs: mounts nothing, so that mount options have no place; leave them out or use overlay");
    }

    /// <summary>Why a driver is not to be had, and what to use instead; null for one that is.</summary>
    public static string? DriverRefusal(string driver) => driver is "overlay" or "vfs" ? null : $"{Quoted.Text(driver)}: {WhatElse(driver)}";

    private static string WhatElse(string driver) => driver switch
    {
        "overlay2" => "it is called overlay here",
        "fuse-overlayfs" => "use overlay: every kernel since 5.11 has it natively",
        _ when s_others.Contains(driver) => "not supported: use overlay, on any file system with extended attributes, or vfs, which copies (and shares the copies' blocks on btrfs and xfs)",
        _ => "want overlay or vfs",
    };
}
