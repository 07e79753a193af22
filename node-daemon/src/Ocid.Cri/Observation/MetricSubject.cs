using Ocid.Cri.Containers;
using Ocid.Cri.Pods;

namespace Ocid.Cri.Observation;

/// <summary>Whose samples these are.</summary>
/// <param name="Id">The container's id, or the sandbox's.</param>
/// <param name="BaseLabels">The values of <see cref="MetricDefinition.BaseLabels"/>, in their order.</param>
/// <param name="Samples">What was read.</param>
internal sealed record MetricSubject(string Id, IReadOnlyList<string> BaseLabels, IReadOnlyList<Sample> Samples)
{
    public static MetricSubject Of(PodSandbox pod, IEnumerable<Sample> samples)
    {
        var metadata = pod.Spec.Config.Metadata;
        return new(pod.Id, [PodCgroupPath.Of(pod).Value, pod.Id, "", "", metadata.Name, metadata.Namespace], [.. samples]);
    }

    public static MetricSubject Of(PodSandbox pod, Container container, IEnumerable<Sample> samples)
    {
        var (spec, config, metadata) = (container.Spec, container.Spec.Config, pod.Spec.Config.Metadata);
        var image = config.Image.UserSpecifiedImage is { Length: > 0 } asked ? asked : config.Image.Image;
        return new(container.Id, [spec.CgroupPath, container.Id, image, config.Metadata.Name, metadata.Name, metadata.Namespace], [.. samples]);
    }
}
