using Ocid.Cri.V1;
using Ocid.E2E.Machine;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.E2E.Tests.HardDays;

/// <summary>A pod whose containers share a PID namespace, which ends with its first process.</summary>
internal static class SharedPidPod
{
    public static PodSandboxConfig Configuration(TestNode node, string name)
    {
        var config = PodRequests.Sandbox(node, name);
        config.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Pod;
        return config;
    }

    public static Task<TestPod> RunAsync(TestNode node, string name) => TestPod.RunAsync(node, Configuration(node, name));

    public static ContainerConfig Container(string name, string image)
    {
        var container = PodRequests.Container(name, image, "sleep", "1000");
        container.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Pod;
        return container;
    }

    public static Task KillInitAsync(TestPod pod) => KillInitAsync(pod.Configuration);

    /// <summary>Kills its first process, once that is there.</summary>
    public static async Task KillInitAsync(PodSandboxConfig pod)
    {
        var init = await Eventually.GetAsync(
            "the pod's first process", () => Task.FromResult(Processes.Naming(pod.Linux.CgroupParent).FirstOrDefault(one => Processes.CommandLine(one) == "/init")), found => found != 0);
        await Tool.RunAsync("kill", "-KILL", $"{init}");
        await Eventually.IsTrueAsync("it has ended", () => Processes.CommandLine(init).Length == 0);
    }
}
