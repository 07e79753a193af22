using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.E2E.Tests.HardDays;

public sealed class RuntimeHangsTests(TestMachine machine) : NodeTests(machine), IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-hangs-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task An_OCI_runtime_that_hangs_costs_its_own_container_only_and_the_next_try_works()
    {
        await using var node = await StartSlowNodeAsync();
        var (healthy, id) = await RunAsync(node, PodRequests.Container("healthy", Busybox, "sleep", "1000"), "healthy");
        var pod = await TestPod.RunAsync(node, "slow", "slow");
        var container = PodRequests.Script("slow", Busybox, "echo made");
        Hang("create");

        var hanging = FluentActions.Awaiting(() => pod.CreateAsync(container)).Should().ThrowAsync<RpcException>();
        (await healthy.ExecAsync(id, "echo", "meanwhile")).Stdout.ToStringUtf8().Should().Be("meanwhile\n");
        (await node.Runtime.ListContainersAsync(new ListContainersRequest())).Containers.Should().ContainSingle();

        (await hanging).Which.Status.Detail.Should().Contain("not done after 00:00:02");
        (await node.Runtime.ListContainersAsync(new ListContainersRequest())).Containers.Should().ContainSingle();
        GoOn("create");
        await pod.StartAsync(container);
        await container.WaitForLogAsync(pod, "made");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task When_what_a_failed_creation_left_cannot_be_deleted_either_its_own_failure_is_told_and_the_rest_is_taken_back()
    {
        await using var node = await StartSlowNodeAsync();
        await node.PullAsync(Busybox);
        var pod = await TestPod.RunAsync(node, "slow", "slow");
        Hang("create");
        Hang("delete");

        var failure = await FluentActions.Awaiting(() => pod.CreateAsync(PodRequests.Script("slow", Busybox, "echo made"))).Should().ThrowAsync<RpcException>();

        failure.Which.StatusCode.Should().Be(StatusCode.DeadlineExceeded);
        failure.Which.Status.Detail.Should().Contain("not done after 00:00:02");
        (await File.ReadAllTextAsync("/proc/self/mountinfo")).Split('\n').Should().NotContain(mount => mount.Contains("- overlay", StringComparison.Ordinal) && mount.Contains(node.Folders.Storage, StringComparison.Ordinal));
        GoOn("create");
        GoOn("delete");
        await node.StopAsync();
    }

    [SkippableTheory]
    [InlineData("exec")]
    [InlineData("kill")]
    [InlineData("start")]
    [InlineData("update")]
    public async Task A_call_whose_OCI_runtime_hangs_ends_when_its_time_is_up_harms_no_other_container_and_works_the_next_time(string verb)
    {
        Skip.If(verb == "kill" && HasOnlyUnifiedCgroups, "on cgroup v2 the kernel kills, whatever the runtime does");
        await using var node = await StartSlowNodeAsync();
        var (healthy, other) = await RunAsync(node, PodRequests.Container("healthy", Busybox, "sleep", "1000"), "healthy");
        var pod = await TestPod.RunAsync(node, "slow", "slow");
        var slow = PodRequests.Script("slow", Busybox, "echo runs; exec sleep 1000");
        var id = verb == "start" ? await pod.CreateAsync(slow) : await pod.StartAsync(slow);
        var before = (await pod.ContainerAsync(id)).State;
        Hang(verb);

        var hanging = FluentActions.Awaiting(() => CallAsync(DateTime.UtcNow.AddSeconds(5))).Should().ThrowAsync<RpcException>();
        (await healthy.ExecAsync(other, "echo", "meanwhile")).Stdout.ToStringUtf8().Should().Be("meanwhile\n");
        (await pod.ContainerAsync(id)).State.Should().Be(before);

        (await hanging).Which.StatusCode.Should().Be(StatusCode.DeadlineExceeded);
        GoOn(verb);
        await CallAsync(null);
        await slow.WaitForLogAsync(pod, "runs");
        await node.StopAsync();

        Task CallAsync(DateTime? deadline) => verb switch
        {
            "exec" => node.Runtime.ExecSyncAsync(new ExecSyncRequest { ContainerId = id, Cmd = { "true" }, Timeout = 1 }, deadline: deadline).ResponseAsync,
            "start" => node.Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id }, deadline: deadline).ResponseAsync,
            "kill" => node.Runtime.StopContainerAsync(new StopContainerRequest { ContainerId = id, Timeout = 1 }, deadline: deadline).ResponseAsync,
            _ => node.Runtime.UpdateContainerResourcesAsync(new UpdateContainerResourcesRequest { ContainerId = id, Linux = new LinuxContainerResources { CpuShares = 512 } }, deadline: deadline).ResponseAsync,
        };
    }

    [SkippableFact]
    public async Task A_change_of_limits_whose_caller_has_gone_is_made_and_recorded()
    {
        await using var node = await StartSlowNodeAsync();
        await node.PullAsync(Busybox);
        var pod = await TestPod.RunAsync(node, "slow", "slow");
        var id = await pod.StartAsync(PodRequests.Container("slow", Busybox, "sleep", "1000"));
        Hang("update");

        var request = new UpdateContainerResourcesRequest { ContainerId = id, Linux = new LinuxContainerResources { CpuShares = 512 } };
        await FluentActions.Awaiting(() => node.Runtime.UpdateContainerResourcesAsync(request, deadline: DateTime.UtcNow.AddSeconds(2)).ResponseAsync).Should().ThrowAsync<RpcException>();
        (await pod.ContainerAsync(id)).Resources.Linux.CpuShares.Should().NotBe(512);
        GoOn("update");

        await Eventually.IsTrueAsync("the limits are recorded", async () => (await pod.ContainerAsync(id)).Resources.Linux.CpuShares == 512);
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task On_unified_cgroups_a_container_is_killed_though_its_OCI_runtime_hangs()
    {
        Skip.IfNot(HasOnlyUnifiedCgroups, "cgroup v1 has no file to kill by");
        await using var node = await StartSlowNodeAsync();
        await node.PullAsync(Busybox);
        var pod = await TestPod.RunAsync(node, "slow", "slow");
        var id = await pod.StartAsync(PodRequests.Container("slow", Busybox, "sleep", "1000"));
        Hang("kill");

        await pod.StopAsync(id);

        (await pod.ContainerAsync(id)).ExitCode.Should().Be(137);
        GoOn("kill");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_container_whose_deletion_hangs_has_exited_all_the_same()
    {
        await using var node = await StartSlowNodeAsync();
        var (healthy, other) = await RunAsync(node, PodRequests.Container("healthy", Busybox, "sleep", "1000"), "healthy");
        var pod = await TestPod.RunAsync(node, "slow", "slow");
        Hang("delete");

        var id = await pod.StartAsync(PodRequests.Script("slow", Busybox, "exit 3"));

        (await pod.ExitedAsync(id)).ExitCode.Should().Be(3);
        (await healthy.ExecAsync(other, "echo", "meanwhile")).Stdout.ToStringUtf8().Should().Be("meanwhile\n");
        GoOn("delete");
        await node.Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id });
        await node.StopAsync();
    }

    private Task<TestNode> StartSlowNodeAsync() =>
        StartNodeAsync(new TestNodeOptions { Configuration = $"[runtime.handlers.slow]\nprogram = \"{WriteProgram()}\"\nroot = \"{_folder}/state\"\ncreate_timeout = \"2s\"" });

    private void Hang(string verb) => File.WriteAllText(Path.Combine(_folder, $"hangs-{verb}"), "");

    private void GoOn(string verb) => File.Delete(Path.Combine(_folder, $"hangs-{verb}"));

    // Hangs with a child of its own, as a runtime does whose mount waits for a server.
    private string WriteProgram()
    {
        var program = Path.Combine(_folder, "slow-runc");
        File.WriteAllText(program, $"#!/bin/sh\nfor word; do\n  while [ -e \"{_folder}/hangs-$word\" ]; do sleep 0.1; done\ndone\nexec {Tool.Find("runc")} \"$@\"\n");
        File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        return program;
    }
}
