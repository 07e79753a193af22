using System.Text.Json.Nodes;
using k8s.Models;
using Ocid.Cluster.Entities.Core;

namespace Ocid.E2E.Clusters;

/// <summary>A DaemonSet, as much as its controller needs of it.</summary>
public sealed record DaemonSetObject : IMetadata<V1ObjectMeta>
{
    public V1ObjectMeta Metadata { get; set; } = new();

    public DaemonSetSpec Spec { get; init; } = new();

    public DaemonSet.DaemonSetStatus? Status { get; init; }

    /// <summary>The pod of a node: the template, bound to it.</summary>
    public PodObject Pod(Node node)
    {
        ArgumentNullException.ThrowIfNull(node);
        var spec = Spec.Template.Spec.DeepClone().AsObject();
        spec["nodeName"] = node.Metadata.Name;
        return new PodObject
        {
            Metadata = new V1ObjectMeta
            {
                Name = $"{Metadata.Name}-{node.Metadata.Name}",
                NamespaceProperty = Metadata.NamespaceProperty,
                Labels = Spec.Template.Metadata.Labels,
                OwnerReferences = [new V1OwnerReference { ApiVersion = "apps/v1", Kind = "DaemonSet", Name = Metadata.Name!, Uid = Metadata.Uid!, Controller = true }],
            },
            Spec = spec,
        };
    }

    public sealed record DaemonSetSpec
    {
        public V1LabelSelector? Selector { get; init; }

        public PodTemplate Template { get; init; } = new();
    }

    public sealed record PodTemplate
    {
        public V1ObjectMeta Metadata { get; init; } = new();

        public JsonObject Spec { get; init; } = [];
    }
}
