using Google.Protobuf.Collections;
using Ocid.Linux.Namespaces;
using Ocid.Networking;
using Ocid.Primitives;
using Ocid.Spec.Schema;

namespace Ocid.Cri.Pods;

/// <summary>The ids of a pod's user namespace, from CRI's words and into the specification's.</summary>
internal static class UserMappings
{
    /// <summary>What a request asks for; null for the host's user namespace.</summary>
    /// <exception cref="OcidException">InvalidArgument: a mode that there is not, or mappings that cannot be a pod's.</exception>
    public static PodUsers? Of(V1.UserNamespace? asked) => asked switch
    {
        null => null,
        { Mode: V1.NamespaceMode.Node, Uids.Count: 0, Gids.Count: 0 } => null,
        { Mode: V1.NamespaceMode.Node } => throw Invalid("mode NODE with mappings"),
        { Mode: V1.NamespaceMode.Pod } => new PodUsers(Range("uids", asked.Uids), Range("gids", asked.Gids)),
        _ => throw Invalid($"mode {asked.Mode}: want POD or NODE"),
    };

    /// <summary>The specification's form of one range.</summary>
    public static IReadOnlyList<LinuxIdMapping> Of(IdRange? range) =>
        range is null ? [] : [new LinuxIdMapping { ContainerID = 0, HostID = range.First, Size = range.Length }];

    /// <summary>Whether a mount's mapping is the pod's own.</summary>
    public static bool IsOf(IdRange range, IReadOnlyList<V1.IDMapping> mapping) =>
        mapping is [var only] && only.ContainerId == 0 && only.HostId == range.First && only.Length == range.Length;

    private static IdRange Range(string field, RepeatedField<V1.IDMapping> mappings)
    {
        if (mappings is not [var mapping])
            throw Invalid($"{field}: want one mapping, there are {mappings.Count}");
        if (mapping.ContainerId != 0)
            throw Invalid($"{field}: container id 0 is not mapped");
        if (mapping.Length == 0 || (ulong)mapping.HostId + mapping.Length > uint.MaxValue)
            throw Invalid($"{field}: {mapping.Length} ids from {mapping.HostId} are none, or more than there are");
        return new IdRange(mapping.HostId, mapping.Length);
    }

    private static OcidException Invalid(string what) => new(ErrorKind.InvalidArgument, $"pod sandbox: namespace_options.userns_options: {what}");
}
