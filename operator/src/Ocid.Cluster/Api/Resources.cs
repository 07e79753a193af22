using k8s.Models;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Revisions.Nodes;

namespace Ocid.Cluster.Api;

/// <summary>What the operator reads and writes.</summary>
public static class Resources
{
    /// <summary>RuntimeConfigs.</summary>
    public static Resource<RuntimeConfig> RuntimeConfigs { get; } = New<RuntimeConfig>(RuntimeNodeApi.Group, RuntimeNodeApi.Version, "RuntimeConfig", "runtimeconfigs", isNamespaced: false);

    /// <summary>RuntimeNodes.</summary>
    public static Resource<RuntimeNode> RuntimeNodes { get; } = New<RuntimeNode>(RuntimeNodeApi.Group, RuntimeNodeApi.Version, RuntimeNodeApi.Kind, RuntimeNodeApi.Plural, isNamespaced: false);

    /// <summary>Nodes.</summary>
    public static Resource<Node> Nodes { get; } = New<Node>("", "v1", "Node", "nodes", isNamespaced: false);

    /// <summary>Pods.</summary>
    public static Resource<Pod> Pods { get; } = New<Pod>("", "v1", "Pod", "pods", isNamespaced: true);

    /// <summary>Secrets.</summary>
    public static Resource<Secret> Secrets { get; } = New<Secret>("", "v1", "Secret", "secrets", isNamespaced: true);

    /// <summary>ConfigMaps.</summary>
    public static Resource<ConfigMap> ConfigMaps { get; } = New<ConfigMap>("", "v1", "ConfigMap", "configmaps", isNamespaced: true);

    /// <summary>Namespaces.</summary>
    public static Resource<NamespaceObject> Namespaces { get; } = New<NamespaceObject>("", "v1", "Namespace", "namespaces", isNamespaced: false);

    /// <summary>DaemonSets.</summary>
    public static Resource<DaemonSet> DaemonSets { get; } = New<DaemonSet>("apps", "v1", "DaemonSet", "daemonsets", isNamespaced: true);

    /// <summary>Leases.</summary>
    public static Resource<Lease> Leases { get; } = New<Lease>("coordination.k8s.io", "v1", "Lease", "leases", isNamespaced: true);

    /// <summary>Events.</summary>
    public static Resource<ClusterEvent> Events { get; } = New<ClusterEvent>("events.k8s.io", "v1", "Event", "events", isNamespaced: true);

    private static Resource<T> New<T>(string group, string version, string kind, string plural, bool isNamespaced)
        where T : class, IMetadata<V1ObjectMeta> =>
        new(group, version, kind, plural, isNamespaced, ObjectJson.Of<T>(), ObjectJson.Of<ObjectList<T>>());
}
