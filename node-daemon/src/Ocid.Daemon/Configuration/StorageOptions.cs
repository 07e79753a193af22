namespace Ocid.Daemon.Configuration;

/// <summary>The store: <c>[storage]</c>, on top of storage.conf.</summary>
internal sealed record StorageOptions
{
    public required string Root { get; init; }

    public required string RunRoot { get; init; }

    public required string Driver { get; init; }

    public required IReadOnlyList<string> MountOptions { get; init; }

    /// <summary>Where images are kept apart from containers; null keeps all in <see cref="Root"/>.</summary>
    public required string? ImageStore { get; init; }

    /// <summary>Stores whose images are used and never changed.</summary>
    public required IReadOnlyList<string> AdditionalImageStores { get; init; }

    /// <summary>Whether a pulled image is on the disk before its record is; false only on hosts that are thrown away after a crash.</summary>
    public required bool Durable { get; init; }
}
