using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.E2E.Tests.HardDays;

public sealed class DiskFullTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task With_a_full_disk_nothing_is_made_all_can_be_looked_at_and_removed_and_the_node_goes_on_once_there_is_room()
    {
        await using var node = await StartNodeOnSmallDiskAsync(node => node.Folders.State);
        var (pod, id) = await RunAsync(node, PodRequests.Container("before", Busybox, "sleep", "1000"), "before");
        var filler = Fill(node.Folders.State);

        var refused = await FluentActions.Awaiting(() => TestPod.RunAsync(node, "during")).Should().ThrowAsync<RpcException>();
        refused.Which.Status.Detail.Should().ContainEquivalentOf("no space left on device");
        refused.Which.StatusCode.Should().Be(StatusCode.ResourceExhausted);
        await FluentActions.Awaiting(() => pod.CreateAsync(PodRequests.Container("during", Busybox, "sleep", "1000"))).Should().ThrowAsync<RpcException>();
        (await node.Runtime.ListPodSandboxAsync(new ListPodSandboxRequest())).Items.Should().ContainSingle();
        (await pod.ContainerAsync(id)).State.Should().Be(ContainerState.ContainerRunning);
        (await pod.ExecAsync(id, "echo", "probed")).Stdout.ToStringUtf8().Should().Be("probed\n");

        File.Delete(filler);
        await pod.StartAsync(PodRequests.Container("during", Busybox, "sleep", "1000"));
        await TestPod.RunAsync(node, "during");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task With_a_full_disk_containers_end_and_are_stopped_and_pods_removed_also_by_a_daemon_that_starts_on_it()
    {
        await using var node = await StartNodeOnSmallDiskAsync(node => node.Folders.State);
        var ends = PodRequests.Script("ends", Busybox, "while [ ! -e /dev/shm/end ]; do usleep 20000; done; exit 42");
        var (pod, ending) = await RunAsync(node, ends, "first");
        var stopped = await pod.StartAsync(PodRequests.Container("stopped", Busybox, "sleep", "1000"));
        var second = await TestPod.RunAsync(node, "second");
        await second.StartAsync(PodRequests.Container("killed", Busybox, "sleep", "1000"));
        var filler = Fill(node.Folders.State);

        await pod.ExecAsync(ending, "touch", "/dev/shm/end");
        (await pod.ExitedAsync(ending)).ExitCode.Should().Be(42);
        await pod.StopAsync(stopped);
        (await pod.ContainerAsync(stopped)).State.Should().Be(ContainerState.ContainerExited);
        await node.KillDaemonAsync();
        await node.StartDaemonAsync();
        (await pod.ContainerAsync(ending)).ExitCode.Should().Be(42);
        await pod.RemoveAsync();
        await second.RemoveAsync();

        (await node.Runtime.ListPodSandboxAsync(new ListPodSandboxRequest())).Items.Should().BeEmpty();
        (await node.Runtime.ListContainersAsync(new ListContainersRequest())).Containers.Should().BeEmpty();
        File.Delete(filler);
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task On_a_disk_that_has_become_read_only_containers_end_and_are_stopped_and_can_be_removed_once_it_is_writable()
    {
        await using var node = await StartNodeOnSmallDiskAsync(node => node.Folders.State);
        var ends = PodRequests.Script("ends", Busybox, "while [ ! -e /dev/shm/end ]; do usleep 20000; done; exit 42");
        var (pod, ending) = await RunAsync(node, ends, "pod");
        var stopped = await pod.StartAsync(PodRequests.Container("stopped", Busybox, "sleep", "1000"));
        await Tool.RunAsync("mount", "-o", "remount,ro", node.Folders.State);

        await pod.ExecAsync(ending, "touch", "/dev/shm/end");
        (await pod.ExitedAsync(ending)).ExitCode.Should().Be(42);
        await pod.StopAsync(stopped);
        (await pod.ContainerAsync(stopped)).State.Should().Be(ContainerState.ContainerExited);
        await node.Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = pod.Id });
        (await pod.StatusAsync()).State.Should().Be(PodSandboxState.SandboxNotready);
        await FluentActions.Awaiting(() => pod.RemoveAsync()).Should().ThrowAsync<RpcException>();

        await Tool.RunAsync("mount", "-o", "remount,rw", node.Folders.State);
        await pod.RemoveAsync();
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_container_whose_log_the_disk_does_not_take_harms_no_other_and_logs_on_once_there_is_room()
    {
        await using var node = await StartNodeOnSmallDiskAsync(node => node.Folders.PodLogs);
        var (pod, _) = await RunAsync(node, PodRequests.Script("writer", Busybox, "i=0; while :; do i=$((i+1)); echo line $i; usleep 20000; done"), "writer");
        var writer = PodRequests.Script("writer", Busybox, "");
        await writer.WaitForLogAsync(pod, "line 5");
        var filler = Fill(node.Folders.PodLogs);

        var other = await TestPod.RunAsync(node, "other");
        var config = PodRequests.Container("other", Busybox, "sleep", "1000");
        config.LogPath = "";
        var id = await other.StartAsync(config);
        (await other.ExecAsync(id, "echo", "fine")).Stdout.ToStringUtf8().Should().Be("fine\n");

        var before = pod.Log(writer).Lines().Count;
        File.Delete(filler);
        await Eventually.IsTrueAsync("the container logs on", () => pod.Log(writer).Lines().Count > before + 20);
        pod.Log(writer).Messages().Should().OnlyContain(line => line.StartsWith("line ", StringComparison.Ordinal)).And.OnlyHaveUniqueItems();
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_container_that_is_removed_while_the_disk_does_not_take_its_log_harms_no_other()
    {
        await using var node = await StartNodeOnSmallDiskAsync(node => node.Folders.PodLogs);
        var writes = PodRequests.Script("writer", Busybox, "long=$(head -c 5000 /dev/zero | tr '\\0' x); while [ ! -e /dev/shm/end ]; do echo $long; echo line; usleep 20000; done");
        var (pod, writer) = await RunAsync(node, writes, "writer");
        var other = await pod.StartAsync(PodRequests.Script("other", Busybox, "while :; do echo fine; usleep 20000; done"));
        await writes.WaitForLogAsync(pod, "line");
        var filler = Fill(node.Folders.PodLogs);

        await Task.Delay(500); // the writer fills the last page and its pipe
        await pod.ExecAsync(other, "touch", "/dev/shm/end");
        await pod.ExitedAsync(writer);
        await node.Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = writer });
        await Task.Delay(3000); // three times as long as the monitor waits before it tries a log again

        node.Monitor.HasExited.Should().BeFalse();
        var log = new ContainerLog(Path.Combine(pod.Configuration.LogDirectory, "other/0.log"));
        var before = log.Lines().Count;
        File.Delete(filler);
        await Eventually.IsTrueAsync("the other logs on", () => log.Lines().Count > before + 20);
        await node.StopAsync();
    }

    private async Task<TestNode> StartNodeOnSmallDiskAsync(Func<TestNode, string> folder)
    {
        SkipUnlessTheMachineCan();
        var node = await TestNode.PrepareAsync(new TestNodeOptions { Registry = Machine.Registry });
        await Tool.RunAsync("mount", "-t", "tmpfs", "-o", "size=1m", "small", folder(node));
        await node.StartMonitorAsync();
        await node.StartDaemonAsync();
        node.AtStop(() => Tool.RunAsync("umount", folder(node)));
        return node;
    }

    private static string Fill(string folder)
    {
        var filler = Path.Combine(folder, "filler");
        using var file = new FileStream(filler, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        try
        {
            for (var block = new byte[4096]; ;)
                file.Write(block);
        }
        catch (IOException)
        {
            return filler;
        }
    }
}
