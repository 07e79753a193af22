using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.HardDays;

public sealed class NetworkFailsTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task A_plugin_that_fails_on_ADD_leaves_nothing_of_the_pod_and_the_same_request_works_once_it_does_not()
    {
        await using var node = await StartNodeWithPluginAsync();
        await File.WriteAllTextAsync(Marker(node, "ADD"), "");
        var config = PodRequests.Sandbox(node, "unlucky");

        var failure = await FluentActions.Awaiting(() => TestPod.RunAsync(node, config)).Should().ThrowAsync<RpcException>();

        failure.Which.Status.Detail.Should().Contain("the switch is on fire");
        (await node.Runtime.ListPodSandboxAsync(new ListPodSandboxRequest())).Items.Should().BeEmpty();
        await Eventually.IsTrueAsync("the address is free again", () => node.Network.ReservedAddresses().Count == 0);
        File.Delete(Marker(node, "ADD"));
        (await (await TestPod.RunAsync(node, config)).StatusAsync()).State.Should().Be(PodSandboxState.SandboxReady);
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_plugin_that_fails_on_DEL_holds_no_pod_and_is_asked_again_until_it_succeeds_also_by_the_next_daemon()
    {
        await using var node = await StartNodeWithPluginAsync();
        await node.PullAsync(Busybox);
        var pod = await TestPod.RunAsync(node, "stays");
        await pod.StartAsync(PodRequests.Container("sleeper", Busybox, "sleep", "1000"));
        await File.WriteAllTextAsync(Marker(node, "DEL"), "");

        await pod.RemoveAsync();

        (await node.Runtime.ListPodSandboxAsync(new ListPodSandboxRequest())).Items.Should().BeEmpty();
        node.Network.ReservedAddresses().Should().NotBeEmpty();
        await node.KillDaemonAsync();
        await node.StartDaemonAsync();
        File.Delete(Marker(node, "DEL"));
        await Eventually.IsTrueAsync("the address is free again", () => node.Network.ReservedAddresses().Count == 0, TimeSpan.FromMinutes(3));
        await Eventually.IsTrueAsync("the record is gone", () => Directory.GetFiles(node.Folders.NetworkCache, "*.json").Length == 0);
        await Eventually.IsTrueAsync("the plugin was asked", () => File.ReadAllText(Marker(node, "asked")).Contains("DEL", StringComparison.Ordinal));
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_plugin_that_hangs_on_the_DEL_of_many_pods_delays_the_end_of_no_other_container()
    {
        await using var node = await StartNodeWithPluginAsync();
        var brief = PodRequests.Script("brief", Busybox, "while [ ! -e /dev/shm/end ]; do usleep 20000; done; exit 42");
        var (bystander, id) = await RunAsync(node, brief, "bystander");
        var pods = await Task.WhenAll(Enumerable.Range(0, 10).Select(i => SharedPidPod.RunAsync(node, $"shared-{i}")));
        await File.WriteAllTextAsync(Marker(node, "hangs-on-DEL"), "");
        var stops = Task.WhenAll(pods.Select(pod => node.Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = pod.Id }).ResponseAsync));
        await AskedAsync(node, "DEL", pods.Length);

        await bystander.ExecAsync(id, "touch", "/dev/shm/end");
        (await bystander.ExitedAsync(id)).ExitCode.Should().Be(42);

        stops.IsCompleted.Should().BeFalse();
        File.Delete(Marker(node, "hangs-on-DEL"));
        await stops;
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_pod_whose_PID_namespace_ends_while_it_is_made_is_not_ready()
    {
        await using var node = await StartNodeWithPluginAsync();
        await File.WriteAllTextAsync(Marker(node, "hangs-on-ADD"), "");
        var config = SharedPidPod.Configuration(node, "short-lived");
        var making = TestPod.RunAsync(node, config);
        await AskedAsync(node, "ADD", 1);

        await SharedPidPod.KillInitAsync(config);
        File.Delete(Marker(node, "hangs-on-ADD"));

        var pod = await making;
        await Eventually.IsTrueAsync("the pod is not ready", async () => (await pod.StatusAsync()).State == PodSandboxState.SandboxNotready);
        await node.StopAsync();
    }

    private static Task AskedAsync(TestNode node, string command, int times) => Eventually.IsTrueAsync(
        $"the plugin is asked to {command}", () => File.Exists(Marker(node, "asked")) && File.ReadLines(Marker(node, "asked")).Count(line => line == command) >= times);

    // A chained plugin, the last on ADD and the first on DEL: one that changes nothing, unless a file says that it fails or hangs.
    private async Task<TestNode> StartNodeWithPluginAsync()
    {
        SkipUnlessTheMachineCan();
        var node = await TestNode.PrepareAsync(new TestNodeOptions { Registry = Machine.Registry });
        var plugins = Directory.CreateDirectory(Path.Combine(node.Folders.Root, "plugins")).FullName;
        var program = Path.Combine(plugins, "flaky");
        await File.WriteAllTextAsync(program, $$"""
            #!/bin/sh
            echo "$CNI_COMMAND" >> {{Marker(node, "asked")}}
            if [ -e {{node.Folders.Root}}/fails-on-"$CNI_COMMAND" ]; then
              echo '{"cniVersion": "1.0.0", "code": 100, "msg": "the switch is on fire"}'
              exit 1
            fi
            while [ -e {{node.Folders.Root}}/hangs-on-"$CNI_COMMAND" ]; do sleep 0.1; done
            exec /usr/lib/cni/tuning

            """);
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Directory.CreateDirectory(node.Folders.Configuration + ".d");
        await File.WriteAllTextAsync(node.Folders.Configuration + ".d/10-plugins.toml", $"[network]\nplugin_dirs = [\"{plugins}\", \"/opt/cni/bin\", \"/usr/lib/cni\", \"/usr/libexec/cni\"]\n");
        var conflist = Path.Combine(node.Folders.NetworkConfiguration, "10-ocid.conflist");
        await File.WriteAllTextAsync(conflist, node.Network.Configuration(portMappings: false).TrimEnd().TrimEnd('}').TrimEnd().TrimEnd(']').TrimEnd() + ",\n{ \"type\": \"flaky\" }]}\n");
        await node.StartMonitorAsync();
        await node.StartDaemonAsync();
        return node;
    }

    private static string Marker(TestNode node, string what) => Path.Combine(node.Folders.Root, what is "ADD" or "DEL" ? $"fails-on-{what}" : what);
}
