using Ocid.Cri.V1;
using Ocid.Primitives;

namespace Ocid.Daemon.Cri;

/// <summary>Finds the pod or container that a person means: by id, by the beginning of an id, or by name.</summary>
internal sealed class NodeObjects(IReadOnlyList<PodSandbox> pods, IReadOnlyList<Container> containers)
{
    public IReadOnlyList<PodSandbox> Pods => pods;

    public IReadOnlyList<Container> Containers => containers;

    public static async Task<NodeObjects> ListAsync(CriClient client, CancellationToken ct)
    {
        var pods = await client.Runtime.ListPodSandboxAsync(new ListPodSandboxRequest(), cancellationToken: ct).ConfigureAwait(false);
        var containers = await client.Runtime.ListContainersAsync(new ListContainersRequest(), cancellationToken: ct).ConfigureAwait(false);
        return new NodeObjects(pods.Items, containers.Containers);
    }

    public PodSandbox? PodOf(Container container) => pods.FirstOrDefault(pod => pod.Id == container.PodSandboxId);

    /// <exception cref="OcidException">NotFound, or InvalidArgument when several are meant.</exception>
    public Container Container(string text) => Only("container", text, Matching(text)) ?? throw NotFound("container", text);

    /// <summary>A pod or a container; a name that both have is the pod's.</summary>
    /// <exception cref="OcidException">NotFound, or InvalidArgument when several are meant.</exception>
    public (PodSandbox? Pod, Container? Container) Any(string text)
    {
        if (Only("pod", text, pods.Where(pod => IsNamed(pod, text)).ToDictionary(pod => pod.Id)) is { } pod)
            return (pod, null);
        return (null, Only("container", text, Matching(text)) ?? throw NotFound("pod or container", text));
    }

    /// <summary>A container by its own name or its pod's; of a pod that has several, <paramref name="container"/> names one.</summary>
    /// <exception cref="OcidException">NotFound, or InvalidArgument when several are meant.</exception>
    public Container ContainerOf(string text, string? container)
    {
        var (pod, found) = container is null ? Any(text) : (Any(text).Pod ?? throw NotFound("pod", text), null);
        if (found is not null)
            return found;

        var candidates = containers.Where(item => item.PodSandboxId == pod!.Id && (container is null || item.Metadata.Name == container)).ToList();
        var names = candidates.Select(item => item.Metadata.Name).Distinct().Order(StringComparer.Ordinal).ToList();
        return names.Count switch
        {
            0 => throw new OcidException(ErrorKind.NotFound, container is null ? $"pod {pod!.Metadata.Name} has no container" : $"pod {pod!.Metadata.Name} has no container {Quoted.Text(container)}"),
            1 => candidates.MaxBy(item => item.Metadata.Attempt)!,
            _ => throw new OcidException(ErrorKind.InvalidArgument, $"pod {pod!.Metadata.Name} has several containers: choose one of {string.Join(", ", names)} with -c"),
        };
    }

    private static bool IsNamed(PodSandbox pod, string text) =>
        IsId(pod.Id, text) || pod.Metadata.Name == text || $"{pod.Metadata.Namespace}/{pod.Metadata.Name}" == text;

    private Dictionary<string, Container> Matching(string text) =>
        containers.Where(container => IsId(container.Id, text) || container.Metadata.Name == text || $"{PodOf(container)?.Metadata.Name}/{container.Metadata.Name}" == text)
            .ToDictionary(container => container.Id);

    // Shorter beginnings are more likely a name.
    private static bool IsId(string id, string text) => text.Length >= 3 && id.StartsWith(text, StringComparison.Ordinal);

    private static T? Only<T>(string kind, string text, Dictionary<string, T> found)
        where T : class =>
        found.Count <= 1
            ? found.Values.SingleOrDefault()
            : throw new OcidException(ErrorKind.InvalidArgument, $"{found.Count} {kind}s match {Quoted.Text(text)}: {string.Join(", ", found.Keys.Select(id => id.Length > 12 ? id[..12] : id))}; name one by its id");

    private static OcidException NotFound(string kind, string text) => new(ErrorKind.NotFound, $"no {kind} {Quoted.Text(text)}");
}
