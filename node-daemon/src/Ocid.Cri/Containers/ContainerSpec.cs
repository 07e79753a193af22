using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Ocid.Primitives;

namespace Ocid.Cri.Containers;

/// <summary>What was asked of a container, and what was resolved from its image. Written once, never changed.</summary>
internal sealed record ContainerSpec
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    public required string Id { get; init; }

    public required string PodSandboxId { get; init; }

    /// <summary>The image's id, as PullImage returned it.</summary>
    public required string ImageId { get; init; }

    public required string RuntimeHandler { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>The log on this host; null when the caller wants none.</summary>
    public string? LogPath { get; init; }

    public required string CgroupPath { get; init; }

    public required uint Uid { get; init; }

    public required uint Gid { get; init; }

    public ImmutableArray<uint> SupplementalGroups { get; init; } = [];

    /// <summary>The signal that asks it to end.</summary>
    public required int StopSignal { get; init; }

    /// <summary>The ContainerConfig message in protobuf's own encoding, which keeps fields that this version does not know.</summary>
    public required byte[] ConfigBytes { get; init; }

    [JsonIgnore]
    public ContainerId ContainerId => field ??= ContainerId.Parse(Id);

    [JsonIgnore]
    public V1.ContainerConfig Config => field ??= V1.ContainerConfig.Parser.ParseFrom(ConfigBytes);
}
