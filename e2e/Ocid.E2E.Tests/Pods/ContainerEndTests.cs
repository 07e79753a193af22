using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Pods;

public sealed class ContainerEndTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableTheory]
    [InlineData("runc", "exit 0", 0, "Completed")]
    [InlineData("runc", "exit 3", 3, "Error")]
    [InlineData("crun", "exit 3", 3, "Error")]
    [InlineData("crun", "kill -KILL 1; sleep 1; exit 4", 4, "Error")]
    public async Task The_exit_status_is_the_programs_own(string runtime, string script, int status, string reason)
    {
        await using var node = await StartNodeAsync(new TestNodeOptions { Runtime = runtime });
        var (pod, id) = await RunAsync(node, PodRequests.Script("exits", Busybox, script));

        var exited = await pod.ExitedAsync(id);

        exited.ExitCode.Should().Be(status);
        exited.Reason.Should().Be(reason);
        exited.FinishedAt.Should().BeGreaterThanOrEqualTo(exited.StartedAt);
        exited.StartedAt.Should().BeGreaterThanOrEqualTo(exited.CreatedAt);
        await node.StopAsync();
    }

    // The programs look for the command at different times: crun when it makes the container, runc when it starts it.
    [SkippableFact]
    public async Task A_container_that_the_runtime_cannot_start_has_exited_with_128_and_StartError()
    {
        await using var node = await StartNodeAsync();
        await node.PullAsync(Busybox);
        var pod = await TestPod.RunAsync(node, "pod");
        var id = await pod.CreateAsync(PodRequests.Container("broken", Busybox, "sleep", "1000"));
        // What its first process waits at until it is told to execute.
        File.Delete(Path.Combine(node.Folders.Run, "runc", id, "exec.fifo"));

        var failure = await FluentActions.Awaiting(() => node.Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id }).ResponseAsync).Should().ThrowAsync<Grpc.Core.RpcException>();

        var exited = await pod.ContainerAsync(id);
        exited.State.Should().Be(ContainerState.ContainerExited);
        (exited.ExitCode, exited.Reason).Should().Be((128, "StartError"));
        failure.Which.Status.Detail.Should().EndWith(exited.Message);
        exited.FinishedAt.Should().BeGreaterThanOrEqualTo(exited.CreatedAt);
        await node.StopAsync();
    }

    [SkippableTheory]
    [InlineData("runc")]
    [InlineData("crun")]
    public async Task A_container_over_its_memory_limit_is_OOMKilled(string runtime)
    {
        await using var node = await StartNodeAsync(new TestNodeOptions { Runtime = runtime });
        var eater = PodRequests.Container("eater", Busybox, "tail", "/dev/zero");
        eater.Linux.Resources.MemoryLimitInBytes = 32 * 1024 * 1024;
        eater.Linux.Resources.MemorySwapLimitInBytes = 32 * 1024 * 1024;
        var (pod, id) = await RunAsync(node, eater);

        var exited = await pod.ExitedAsync(id);

        exited.Reason.Should().Be("OOMKilled");
        exited.ExitCode.Should().Be(137);
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_program_that_handles_SIGTERM_ends_within_its_grace_period()
    {
        await using var node = await StartNodeAsync();
        var polite = PodRequests.Script("polite", Busybox, "trap 'echo bye; exit 5' TERM; echo ready; while :; do sleep 0.1; done");
        var (pod, id) = await RunAsync(node, polite);
        await polite.WaitForLogAsync(pod, "ready");

        await pod.StopAsync(id, 10);

        (await pod.ContainerAsync(id)).ExitCode.Should().Be(5);
        await polite.WaitForLogAsync(pod, "bye");
        await node.StopAsync();
    }

    [SkippableTheory]
    [InlineData("runc")]
    [InlineData("crun")]
    public async Task A_container_with_a_terminal_writes_one_stream(string runtime)
    {
        await using var node = await StartNodeAsync(new TestNodeOptions { Runtime = runtime });
        var container = PodRequests.Script("terminal", Busybox, "tty; test -t 0 && test -t 1 && echo a terminal; echo err >&2");
        container.Tty = true;
        container.Stdin = true;
        var (pod, id) = await RunAsync(node, container);

        (await pod.ExitedAsync(id)).ExitCode.Should().Be(0);

        var lines = await Eventually.GetAsync("the log", () => Task.FromResult(pod.Log(container).Lines()), lines => lines.Count >= 3);
        lines.Select(line => line.Message.TrimEnd('\r')).Should().Contain("a terminal").And.Contain("err");
        lines.Should().OnlyContain(line => line.Stream == "stdout");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_long_line_is_split_and_a_reopened_log_goes_on_in_a_new_file()
    {
        await using var node = await StartNodeAsync();
        var writer = PodRequests.Script(
            "writer", Busybox, "head -c 40000 /dev/zero | tr '\\0' x; echo; echo one; while [ ! -e /tmp/go ]; do sleep 0.05; done; echo two; sleep 1000");
        var (pod, id) = await RunAsync(node, writer);
        var log = pod.Log(writer);
        (await log.WaitForAsync("one"))[0].Should().Be(new string('x', 40000));

        File.Move(log.Path, log.Path + ".1");
        await node.Runtime.ReopenContainerLogAsync(new ReopenContainerLogRequest { ContainerId = id });
        await pod.ExecAsync(id, "touch", "/tmp/go");

        (await log.WaitForAsync("two")).Should().Equal("two");
        new ContainerLog(log.Path + ".1").Messages().Should().NotContain("two");
        await node.StopAsync();
    }
}
