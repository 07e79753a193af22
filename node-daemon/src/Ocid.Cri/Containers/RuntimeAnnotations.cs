using Ocid.Cri.Pods;

namespace Ocid.Cri.Containers;

/// <summary>The specification's annotations: the request's, and those by which OCI runtimes that run a machine per pod find a container's pod.</summary>
internal static class RuntimeAnnotations
{
    private const string Prefix = "io.kubernetes.cri.";

    public static IReadOnlyDictionary<string, string> Of(PodSandbox pod, V1.ContainerConfig config)
    {
        var sandbox = pod.Spec.Config.Metadata;
        return new Dictionary<string, string>(config.Annotations, StringComparer.Ordinal)
        {
            [Prefix + "container-type"] = "container",
            [Prefix + "container-name"] = config.Metadata.Name,
            [Prefix + "image-name"] = config.Image.Image,
            [Prefix + "sandbox-id"] = pod.Id,
            [Prefix + "sandbox-name"] = sandbox.Name,
            [Prefix + "sandbox-namespace"] = sandbox.Namespace,
            [Prefix + "sandbox-uid"] = sandbox.Uid,
        };
    }
}
