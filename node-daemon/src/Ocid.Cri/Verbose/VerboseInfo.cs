using System.Text.Json;
using Ocid.Cri.Containers;
using Ocid.Cri.Pods;
using Ocid.Images.Configuration;

namespace Ocid.Cri.Verbose;

/// <summary>What <c>crictl inspect</c> shows beyond the status: one JSON document under the key "info".</summary>
internal static class VerboseInfo
{
    public static string Of(PodSandbox pod) => JsonSerializer.Serialize(
        new PodInfo(pod.NamespaceDirectory, PodCgroupPath.Of(pod).Value, pod.Spec.RuntimeHandler, pod.Status.BootId), VerboseJson.Default.PodInfo);

    public static string Of(Container container) => JsonSerializer.Serialize(
        new ContainerInfo(container.Status.Pid, container.Bundle, container.Spec.CgroupPath, container.Spec.RuntimeHandler), VerboseJson.Default.ContainerInfo);

    public static string Of(ImageConfig config)
    {
        var run = config.Defaults;
        var info = new ImageInfo(
            config.Architecture, config.OperatingSystem, run.User, run.Environment, run.Entrypoint, run.Command, run.WorkingDirectory, run.StopSignal, run.Labels);
        return JsonSerializer.Serialize(info, VerboseJson.Default.ImageInfo);
    }

    public static string Of(IReadOnlyDictionary<string, string> runtimes) =>
        JsonSerializer.Serialize(new Dictionary<string, string>(runtimes), VerboseJson.Default.DictionaryStringString);
}
