using Ocid.Operator.Rollouts;

namespace Ocid.Operator.Planning;

/// <summary>A node of the cluster.</summary>
/// <param name="Snapshot">How it stands.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="IsServing">Whether its kubelet runs pods with ocid.</param>
internal sealed record ClusterNode(NodeSnapshot Snapshot, IReadOnlyDictionary<string, string> Labels, bool IsServing)
{
    private static readonly string[] Architectures = ["amd64", "arm64"];

    /// <summary>Whether ocid is made for it. A label that is not there excludes nothing: the kubelet sets both.</summary>
    public bool IsSupported => Labels.GetValueOrDefault("kubernetes.io/os", "linux") == "linux" && Architectures.Contains(Labels.GetValueOrDefault("kubernetes.io/arch", Architectures[0]));
}
