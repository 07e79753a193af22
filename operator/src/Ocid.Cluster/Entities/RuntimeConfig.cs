using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>What the runtime of the nodes that it selects is configured to do: registries, storage, signatures, and how a change reaches the nodes.</summary>
[KubernetesEntity(Group = "ocid.dev", ApiVersion = "v1alpha1", Kind = "RuntimeConfig", PluralName = "runtimeconfigs")]
[EntityScope(EntityScope.Cluster)]
[KubernetesEntityShortNames("rtc")]
[GenericAdditionalPrinterColumn(".spec.priority", "Priority", "integer")]
[GenericAdditionalPrinterColumn(".status.revision", "Revision", "string")]
[GenericAdditionalPrinterColumn(".status.matched", "Matched", "integer")]
[GenericAdditionalPrinterColumn(".status.updated", "Updated", "integer")]
[GenericAdditionalPrinterColumn(".status.degraded", "Degraded", "integer")]
[GenericAdditionalPrinterColumn(".status.conditions[?(@.type==\"Ready\")].status", "Ready", "string")]
[GenericAdditionalPrinterColumn(".status.conditions[?(@.type==\"Ready\")].message", "Message", "string")]
[GenericAdditionalPrinterColumn(".metadata.creationTimestamp", "Age", "date")]
public sealed class RuntimeConfig : CustomKubernetesEntity, ISpec<RuntimeConfigSpec>, IStatus<RuntimeConfigStatus?>
{
    /// <summary>What is asked for.</summary>
    [Required]
    public RuntimeConfigSpec Spec { get; set; } = new();

    /// <summary>What the operator found and did.</summary>
    public RuntimeConfigStatus? Status { get; set; }
}
