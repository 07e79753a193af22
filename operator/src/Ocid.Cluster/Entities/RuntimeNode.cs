using k8s.Models;
using KubeOps.Abstractions.Entities;
using KubeOps.Abstractions.Entities.Attributes;
using Ocid.Revisions.Nodes;

namespace Ocid.Cluster.Entities;

/// <summary>What a node is to have, and how far it is. Made by the operator, one for each node, of the node's name.</summary>
[KubernetesEntity(Group = RuntimeNodeApi.Group, ApiVersion = RuntimeNodeApi.Version, Kind = RuntimeNodeApi.Kind, PluralName = RuntimeNodeApi.Plural)]
[EntityScope(EntityScope.Cluster)]
[KubernetesEntityShortNames("rtn")]
[GenericAdditionalPrinterColumn(".status.phase", "Phase", "string")]
[GenericAdditionalPrinterColumn(".spec.desiredRevision", "Desired", "string")]
[GenericAdditionalPrinterColumn(".status.currentRevision", "Current", "string")]
[GenericAdditionalPrinterColumn(".status.runtime.version", "Runtime", "string")]
[GenericAdditionalPrinterColumn(".status.conditions[?(@.type==\"Ready\")].status", "Ready", "string")]
[GenericAdditionalPrinterColumn(".metadata.creationTimestamp", "Age", "date")]
[GenericAdditionalPrinterColumn(".status.disruption", "Disruption", "string", Priority = PrinterColumnPriority.WideView)]
[GenericAdditionalPrinterColumn(".status.conditions[?(@.type==\"Drifted\")].status", "Drift", "string", Priority = PrinterColumnPriority.WideView)]
public sealed class RuntimeNode : CustomKubernetesEntity, ISpec<RuntimeNodeSpec>, IStatus<RuntimeNodeStatus?>
{
    /// <summary>What the operator asks of the node; it alone writes this.</summary>
    [Required]
    public RuntimeNodeSpec Spec { get; set; } = new();

    /// <summary>What the node's agent says; it alone writes this.</summary>
    public RuntimeNodeStatus? Status { get; set; }
}
