namespace Ocid.Cri.Pods;

/// <summary>What makes two requests for a sandbox the same.</summary>
internal sealed record PodSandboxName(string Namespace, string Name, string Uid, uint Attempt)
{
    public static PodSandboxName Of(V1.PodSandboxMetadata metadata) => new(metadata.Namespace, metadata.Name, metadata.Uid, metadata.Attempt);

    public override string ToString() => $"{Namespace}/{Name} (uid {Uid}, attempt {Attempt})";
}
