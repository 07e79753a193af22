using Ocid.Cri.V1;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.HardDays;

public sealed class EndsAreRecordedTests(TestMachine machine) : NodeTests(machine), IDisposable
{
    private readonly SwitchedRuntime _runtime = new();

    public void Dispose() => _runtime.Dispose();

    private ContainerConfig Brief(string name) => PodRequests.Script(name, Busybox, "while [ ! -e /dev/shm/end ]; do usleep 20000; done; exit 42");

    [SkippableFact]
    public async Task A_runtime_that_hangs_when_it_is_to_forget_many_containers_delays_no_end()
    {
        await using var node = await StartNodeAsync(_runtime.Options);
        await node.PullAsync(Busybox);
        var pod = await TestPod.RunAsync(node, "many", SwitchedRuntime.Handler);
        var ids = new List<string>();
        foreach (var i in Enumerable.Range(0, 12))
            ids.Add(await pod.StartAsync(Brief($"brief-{i}")));
        _runtime.On("hangs", "delete");

        await pod.ExecAsync(ids[0], "touch", "/dev/shm/end");

        foreach (var id in ids)
            (await pod.ExitedAsync(id)).ExitCode.Should().Be(42);
        _runtime.Off("hangs", "delete");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_pod_that_cannot_be_ended_with_its_PID_namespace_keeps_no_other_end_from_being_recorded()
    {
        await using var node = await StartNodeAsync();
        var (bystander, brief) = await RunAsync(node, Brief("brief"), "bystander");
        var shared = await SharedPidPod.RunAsync(node, "shared");
        var sleeper = await shared.StartAsync(SharedPidPod.Container("sleeper", Busybox));
        await using (await BusyDirectory.MakeAsync(Path.Combine(node.Folders.Run, "pods", shared.Id)))
        {
            await SharedPidPod.KillInitAsync(shared);
            (await shared.ExitedAsync(sleeper)).ExitCode.Should().Be(137);
            await Eventually.IsTrueAsync("the pod is not ready", async () => (await shared.StatusAsync()).State == PodSandboxState.SandboxNotready);
            await Eventually.IsTrueAsync("the log says why", () => node.DaemonOutput().Contains($"{shared.Id} has ended, which could not be recorded", StringComparison.Ordinal));

            await bystander.ExecAsync(brief, "touch", "/dev/shm/end");
            (await bystander.ExitedAsync(brief)).ExitCode.Should().Be(42);
        }

        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_container_that_ends_as_soon_as_it_is_made_has_exited()
    {
        await using var node = await StartNodeAsync(_runtime.Options);
        await node.PullAsync(Busybox);
        var pod = await TestPod.RunAsync(node, "pod", SwitchedRuntime.Handler);
        _runtime.On("kills", "create");

        var id = await pod.CreateAsync(PodRequests.Container("killed", Busybox, "sleep", "1000"));

        (await pod.ExitedAsync(id)).ExitCode.Should().Be(137);
        await node.StopAsync();
    }
}
