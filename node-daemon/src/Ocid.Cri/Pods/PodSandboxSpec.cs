using System.Text.Json.Serialization;
using Google.Protobuf;
using Ocid.Networking;
using Ocid.Primitives;

namespace Ocid.Cri.Pods;

/// <summary>What was asked of a pod sandbox. Written once, never changed.</summary>
internal sealed record PodSandboxSpec
{
    public const int CurrentVersion = 1;

    public int Version { get; init; } = CurrentVersion;

    public required string Id { get; init; }

    /// <summary>The handler as asked: empty is the default one.</summary>
    public required string RuntimeHandler { get; init; }

    /// <summary>The name of the handler that it got; null in a record of a version that kept the asked one only.</summary>
    public string? Runtime { get; init; }

    /// <summary>The handler of its containers, whichever is the default one later.</summary>
    [JsonIgnore]
    public string RuntimeName => Runtime ?? RuntimeHandler;

    /// <summary>The cgroup, or the slice, that its containers are in; null in a record of a version that knew no slices.</summary>
    public string? CgroupParent { get; init; }

    /// <summary>The SELinux level of its containers, unless they are to have another; null where there is none.</summary>
    public string? SelinuxLevel { get; init; }

    public required long CreatedAt { get; init; }

    /// <summary>The PodSandboxConfig message in protobuf's own encoding, which keeps fields that this version does not know.</summary>
    public required byte[] ConfigBytes { get; init; }

    [JsonIgnore]
    public PodSandboxId SandboxId => field ??= PodSandboxId.Parse(Id);

    [JsonIgnore]
    public V1.PodSandboxConfig Config => field ??= V1.PodSandboxConfig.Parser.ParseFrom(ConfigBytes);

    [JsonIgnore]
    public V1.NamespaceOption Namespaces => Config.Linux?.SecurityContext?.NamespaceOptions ?? new V1.NamespaceOption();

    [JsonIgnore]
    public bool HostNetwork => Namespaces.Network == V1.NamespaceMode.Node;

    [JsonIgnore]
    public bool HostIpc => Namespaces.Ipc == V1.NamespaceMode.Node;

    [JsonIgnore]
    public bool SharesPidNamespace => Namespaces.Pid == V1.NamespaceMode.Pod;

    /// <summary>Whose ids are in the pod's own user namespace; null where it is in the host's.</summary>
    [JsonIgnore]
    public PodUsers? Users => field ??= UserMappings.Of(Namespaces.UsernsOptions);

    /// <summary>The pod's host name; an empty one is the beginning of its id.</summary>
    [JsonIgnore]
    public string Hostname => Config.Hostname is { Length: > 0 } asked ? asked : Id[..12];

    /// <summary><c>namespace/name</c>, as people name pods.</summary>
    [JsonIgnore]
    public string DisplayName => $"{Config.Metadata.Namespace}/{Config.Metadata.Name}";

    public static PodSandboxSpec Create(PodSandboxId id, V1.PodSandboxConfig config, string handler, string runtime, string cgroupParent, long createdAt) =>
        new() { Id = id.Value, RuntimeHandler = handler, Runtime = runtime, CgroupParent = cgroupParent, CreatedAt = createdAt, ConfigBytes = config.ToByteArray() };
}
