using k8s.Models;
using Ocid.Cluster.Entities.Core;

namespace Ocid.Operator.Controllers;

/// <summary>What is kept of objects of which there are many.</summary>
internal static class Trims
{
    public static Node Of(Node node) => new()
    {
        Metadata = Metadata(node.Metadata, node.Metadata.Labels),
        Status = new Node.NodeStatus
        {
            Conditions = [.. (node.Status?.Conditions ?? []).Where(condition => condition.Type == "Ready")],
            NodeInfo = node.Status?.NodeInfo,
        },
    };

    public static Pod Of(Pod pod) => new() { Metadata = Metadata(pod.Metadata, null), Spec = new Pod.PodSpec { NodeName = pod.Spec?.NodeName } };

    private static V1ObjectMeta Metadata(V1ObjectMeta whole, IDictionary<string, string>? labels) =>
        new() { Name = whole.Name, NamespaceProperty = whole.NamespaceProperty, Uid = whole.Uid, ResourceVersion = whole.ResourceVersion, Labels = labels };
}
