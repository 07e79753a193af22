namespace Ocid.Cri.Containers;

/// <summary>What makes two requests for a container the same: unique within its sandbox.</summary>
internal sealed record ContainerName(string PodSandboxId, string Name, uint Attempt)
{
    public static ContainerName Of(string podSandboxId, V1.ContainerMetadata metadata) => new(podSandboxId, metadata.Name, metadata.Attempt);

    public override string ToString() => $"{Name} (attempt {Attempt}) in {PodSandboxId}";
}
