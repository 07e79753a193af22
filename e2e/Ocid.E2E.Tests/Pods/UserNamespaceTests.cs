using System.Text.Json.Nodes;
using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Pods;

public sealed class UserNamespaceTests(TestMachine machine) : NodeTests(machine)
{
    private const uint First = 200_000, Length = 65_536;

    [SkippableTheory]
    [InlineData("runc", NamespaceMode.Container)]
    [InlineData("runc", NamespaceMode.Pod)]
    [InlineData("crun", NamespaceMode.Container)]
    [InlineData("crun", NamespaceMode.Pod)]
    public async Task Root_of_a_pod_with_a_user_namespace_is_root_in_the_pod_alone(string runtime, NamespaceMode pids)
    {
        await using var node = await StartNodeAsync(new TestNodeOptions { Runtime = runtime });
        await node.PullAsync(Busybox);
        var pod = await TestPod.RunAsync(node, Sandbox(node, pids));
        var container = Container(
            "id -u; awk '{print $1, $2, $3}' /proc/self/uid_map; touch /written && stat -c %u /written /etc/hosts /dev/shm; echo again > /dev/stdout; hostname; "
            + "grep -c eth0 /proc/net/dev; sleep 1000", pids);
        var id = await pod.StartAsync(container);

        await container.WaitForLogAsync(pod, "1");
        pod.Log(container).Messages().Should().Equal("0", $"0 {First} {Length}", "0", "0", "0", "again", "owned", "1");
        (await pod.ExecAsync(id, "sh", "-c", "id -u > /dev/stdout; echo gone > /etc/hosts")).Stdout.ToStringUtf8().Should().Be("0\n");
        (await UsersOfAsync(node, id)).Should().Be($"{First} {First} {First} {First}");

        await node.KillDaemonAsync();
        await node.StartDaemonAsync();
        (await pod.ExecAsync(id, "id", "-u")).Stdout.ToStringUtf8().Should().Be("0\n");
        await node.StopAsync();
    }

    [SkippableTheory]
    [InlineData("runc")]
    [InlineData("crun")]
    public async Task A_volume_with_id_mappings_has_the_pods_owners_inside_and_its_own_on_disk(string runtime)
    {
        await using var node = await StartNodeAsync(new TestNodeOptions { Runtime = runtime });
        await node.PullAsync(Busybox);
        var volume = Directory.CreateDirectory(Path.Combine(node.Folders.PodLogs, "volume")).FullName;
        await File.WriteAllTextAsync(Path.Combine(volume, "secret"), "of root\n");
        File.SetUnixFileMode(Path.Combine(volume, "secret"), UnixFileMode.UserRead);
        var pod = await TestPod.RunAsync(node, Sandbox(node));
        var container = Container("cat /volume/secret; stat -c %u /volume/secret; echo mine > /volume/new && echo done");
        container.Mounts.Add(Mapped(volume, "/volume"));
        container.Mounts.Add(Mapped(Path.Combine(volume, "secret"), "/one-file"));
        var id = await pod.StartAsync(container);

        await container.WaitForLogAsync(pod, "done");
        pod.Log(container).Messages().Should().Equal("of root", "0", "done");
        (await Ocid.Testing.Tool.RunAsync("stat", "-c", "%u %g", Path.Combine(volume, "new"))).Trim().Should().Be("0 0");

        await pod.ExitedAsync(id);
        await node.Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id });
        File.Exists(Path.Combine(volume, "secret")).Should().BeTrue();
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_mount_whose_mappings_are_not_the_pods_is_refused()
    {
        await using var node = await StartNodeAsync();
        await node.PullAsync(Busybox);
        var pod = await TestPod.RunAsync(node, Sandbox(node));
        var container = Container("true");
        var mount = Mapped("/etc", "/volume");
        mount.UidMappings[0].HostId++;
        container.Mounts.Add(mount);

        var refused = await FluentActions.Awaiting(() => pod.CreateAsync(container)).Should().ThrowAsync<RpcException>();

        refused.Which.StatusCode.Should().Be(StatusCode.InvalidArgument);
        refused.Which.Status.Detail.Should().Contain("its id mappings are not those of the pod's user namespace");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task Sysctls_of_a_pod_with_a_user_namespace_are_set()
    {
        await using var node = await StartNodeAsync();
        await node.PullAsync(Busybox);
        var sandbox = Sandbox(node);
        sandbox.Linux.Sysctls["net.ipv4.ip_unprivileged_port_start"] = "77";
        sandbox.Linux.Sysctls["kernel.shm_rmid_forced"] = "1";
        var pod = await TestPod.RunAsync(node, sandbox);
        var container = Container("cat /proc/sys/net/ipv4/ip_unprivileged_port_start /proc/sys/kernel/shm_rmid_forced; echo done");
        await pod.StartAsync(container);

        await container.WaitForLogAsync(pod, "done");

        pod.Log(container).Messages().Should().Equal("77", "1", "done");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task Status_offers_user_namespaces_where_the_kernel_and_the_runtime_have_them()
    {
        await using var node = await StartNodeAsync();

        var status = await node.Runtime.StatusAsync(new StatusRequest { Verbose = true });

        status.Info["host"].Should().Contain("\"userNamespaces\":\"supported\"");
        status.RuntimeHandlers.Should().OnlyContain(handler => handler.Features.UserNamespaces);
        await node.StopAsync();
    }

    private static PodSandboxConfig Sandbox(TestNode node, NamespaceMode pids = NamespaceMode.Container)
    {
        var sandbox = PodRequests.Sandbox(node, "owned");
        sandbox.Linux.SecurityContext.NamespaceOptions = Options(pids);
        return sandbox;
    }

    private ContainerConfig Container(string script, NamespaceMode pids = NamespaceMode.Container)
    {
        var container = PodRequests.Script("owned", Busybox, script);
        container.Linux.SecurityContext.NamespaceOptions = Options(pids);
        return container;
    }

    private static NamespaceOption Options(NamespaceMode pids) => new()
    {
        Pid = pids,
        UsernsOptions = new UserNamespace { Mode = NamespaceMode.Pod, Uids = { Mapping() }, Gids = { Mapping() } },
    };

    private static IDMapping Mapping() => new() { ContainerId = 0, HostId = First, Length = Length };

    private static Mount Mapped(string path, string target) =>
        new() { HostPath = path, ContainerPath = target, UidMappings = { Mapping() }, GidMappings = { Mapping() } };

    private static async Task<string> UsersOfAsync(TestNode node, string container)
    {
        var status = await node.Runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = container, Verbose = true });
        var pid = (int)JsonNode.Parse(status.Info["info"])!["pid"]!;
        return string.Join(' ', (await File.ReadAllLinesAsync($"/proc/{pid}/status")).First(line => line.StartsWith("Uid:", StringComparison.Ordinal)).Split('\t')[1..]);
    }
}
