namespace Ocid.Cluster.Testing.Kinds;

/// <summary>All resources that the double serves.</summary>
public static class ApiKinds
{
    public static ApiKind Namespaces { get; } = new("", "v1", "Namespace", "namespaces") { IsNamespaced = false, HasStatus = true };

    public static ApiKind Pods { get; } = new("", "v1", "Pod", "pods") { HasStatus = true, HasGeneration = true, Fields = ["spec.nodeName", "status.phase"] };

    public static ApiKind Secrets { get; } = new("", "v1", "Secret", "secrets") { Fields = ["type"] };

    public static ApiKind ConfigMaps { get; } = new("", "v1", "ConfigMap", "configmaps");

    public static ApiKind Leases { get; } = new("coordination.k8s.io", "v1", "Lease", "leases") { TakesUnconditionalUpdates = false };

    public static ApiKind Events { get; } = new("events.k8s.io", "v1", "Event", "events") { Fields = ["reason", "type", "reportingController", "regarding.kind", "regarding.name"] };

    public static ApiKind PodDisruptionBudgets { get; } = new("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets") { HasStatus = true, HasGeneration = true };

    public static IReadOnlyList<ApiKind> All { get; } =
    [
        Namespaces, Pods, Secrets, ConfigMaps, Leases, Events, PodDisruptionBudgets,
        new("", "v1", "Node", "nodes") { IsNamespaced = false, HasStatus = true, Fields = ["spec.unschedulable"] },
        new("", "v1", "Service", "services") { HasStatus = true },
        new("", "v1", "ServiceAccount", "serviceaccounts"),
        new("apps", "v1", "DaemonSet", "daemonsets") { HasStatus = true, HasGeneration = true },
        new("apps", "v1", "Deployment", "deployments") { HasStatus = true, HasGeneration = true },
        new("batch", "v1", "Job", "jobs") { HasStatus = true, HasGeneration = true },
        new("ocid.dev", "v1alpha1", "RuntimeConfig", "runtimeconfigs") { IsNamespaced = false, HasStatus = true, HasGeneration = true, TakesUnconditionalUpdates = false },
        new("ocid.dev", "v1alpha1", "RuntimeNode", "runtimenodes") { IsNamespaced = false, HasStatus = true, HasGeneration = true, TakesUnconditionalUpdates = false },
    ];

    public static ApiKind? Find(string group, string version, string plural) => All.FirstOrDefault(kind => (kind.Group, kind.Version, kind.Plural) == (group, version, plural));
}
