using Ocid.Operator.Rollouts;

namespace Ocid.Operator.Planning;

/// <summary>A node of the cluster.</summary>
/// <param name="Snapshot">How it stands.</param>
/// <param name="Labels">Its labels.</param>
/// <param name="IsServing">Whether its kubelet runs pods with ocid.</param>
internal sealed record ClusterNode(NodeSnapshot Snapshot, IReadOnlyDictionary<string, string> Labels, bool IsServing)
{
    private const string ControlPlane = "node-role.kubernetes.io/control-plane";
    private const string OurRuntime = "ocid://";
    private static readonly string[] Architectures = ["amd64", "arm64"];

    /// <summary>A node as its Node says.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="labels">Its labels.</param>
    /// <param name="ready">The status of its condition Ready; null where it has none.</param>
    /// <param name="runtime">What its kubelet runs pods with, as <c>name://version</c>.</param>
    public static ClusterNode Of(string name, IReadOnlyDictionary<string, string> labels, string? ready, string? runtime) => new(
        new NodeSnapshot { Name = name, IsReady = ready is null or "True", IsControlPlane = labels.ContainsKey(ControlPlane) },
        labels,
        runtime?.StartsWith(OurRuntime, StringComparison.Ordinal) == true);

    /// <summary>Whether ocid is made for it. A label that is not there excludes nothing: the kubelet sets both.</summary>
    public bool IsSupported => Labels.GetValueOrDefault("kubernetes.io/os", "linux") == "linux" && Architectures.Contains(Labels.GetValueOrDefault("kubernetes.io/arch", Architectures[0]));
}
