using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Obligations;

public sealed class ContainerTests(SharedNode shared) : ObligationTests(shared), IClassFixture<SharedNode>
{
    [SkippableFact]
    public async Task Name_and_attempt_are_unique_in_a_sandbox()
    {
        var pod = await Shared.PodAsync();
        var first = await pod.CreateAsync(Shared.Sleeper());
        var refused = await SharedNode.FailureAsync(() => Create(pod, Shared.Sleeper()));
        var next = Shared.Sleeper();
        next.Metadata.Attempt = 1;

        refused.StatusCode.Should().Be(StatusCode.AlreadyExists);
        refused.Detail.Should().Contain(first);
        (await pod.CreateAsync(next)).Should().NotBe(first);
    }

    [SkippableFact]
    public async Task A_symlinked_host_path_is_resolved_and_a_missing_one_is_an_error()
    {
        var pod = await Shared.PodAsync();
        var folder = Directory.CreateDirectory(Path.Combine(Node.Folders.PodLogs, "real")).FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "file"), "found\n");
        File.CreateSymbolicLink(Path.Combine(Node.Folders.PodLogs, "link"), folder);
        var container = Shared.Script("links", "cat /volume/file");
        container.Mounts.Add(new Mount { HostPath = Path.Combine(Node.Folders.PodLogs, "link"), ContainerPath = "/volume" });
        var missing = Shared.Sleeper("missing");
        missing.Mounts.Add(new Mount { HostPath = "/no/such/path", ContainerPath = "/volume" });

        (await Shared.OutputAsync(pod, container)).Should().Equal("found");
        (await SharedNode.FailureAsync(() => Create(pod, missing))).Detail.Should().Contain("/no/such/path");
    }

    [SkippableTheory]
    [InlineData(false, MountPropagation.PropagationPrivate)]
    [InlineData(true, MountPropagation.PropagationHostToContainer)]
    public async Task Recursive_read_only_needs_read_only_and_private_propagation(bool readOnly, MountPropagation propagation)
    {
        var pod = await Shared.PodAsync();
        var container = Shared.Sleeper();
        container.Mounts.Add(new Mount { HostPath = "/etc", ContainerPath = "/volume", RecursiveReadOnly = true, Readonly = readOnly, Propagation = propagation });

        (await SharedNode.FailureAsync(() => Create(pod, container))).StatusCode.Should().Be(StatusCode.InvalidArgument);
    }

    [SkippableFact]
    public async Task StopContainer_with_no_time_kills_at_once_and_a_second_call_is_no_error()
    {
        var pod = await Shared.PodAsync();
        var stubborn = Shared.Script("stubborn", "trap '' TERM; echo ready; while :; do sleep 1; done");
        var id = await pod.StartAsync(stubborn);
        await stubborn.WaitForLogAsync(pod, "ready");

        await pod.StopAsync(id);
        await pod.StopAsync(id);

        (await pod.ContainerAsync(id)).ExitCode.Should().Be(137);
    }

    [SkippableFact]
    public async Task A_second_shorter_time_cuts_a_longer_one_short()
    {
        var pod = await Shared.PodAsync();
        var stubborn = Shared.Script("stubborn", "trap '' TERM; echo ready; while :; do sleep 1; done");
        var id = await pod.StartAsync(stubborn);
        await stubborn.WaitForLogAsync(pod, "ready");

        var patient = pod.StopAsync(id, 3600);
        await pod.StopAsync(id, 1);

        await patient.WaitAsync(TimeSpan.FromSeconds(60));
        (await pod.ContainerAsync(id)).State.Should().Be(ContainerState.ContainerExited);
    }

    [SkippableFact]
    public async Task RemoveContainer_removes_a_running_one_by_force_and_may_be_called_again()
    {
        var pod = await Shared.PodAsync();
        var container = Shared.Script("running", "echo ready; sleep 1000");
        var id = await pod.StartAsync(container);
        await container.WaitForLogAsync(pod, "ready");

        await Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id });
        await Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id });

        (await SharedNode.FailureAsync(() => Runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = id }))).StatusCode.Should().Be(StatusCode.NotFound);
        pod.Log(container).Messages().Should().Equal("ready");
    }

    [SkippableFact]
    public async Task A_program_that_is_not_there_is_an_error_that_names_it_and_leaves_no_container()
    {
        var pod = await Shared.PodAsync();

        var refused = await SharedNode.FailureAsync(() => Create(pod, PodRequests.Container("absent", Shared.Busybox, "/no/such/program")));

        refused.Detail.Should().Contain("/no/such/program");
        (await Runtime.ListContainersAsync(new ListContainersRequest { Filter = new ContainerFilter { PodSandboxId = pod.Id } })).Containers.Should().BeEmpty();
        (await pod.CreateAsync(PodRequests.Container("absent", Shared.Busybox, "true"))).Should().NotBeEmpty();
    }

    [SkippableFact]
    public async Task Status_has_resources_stop_signal_log_and_mounts()
    {
        var pod = await Shared.PodAsync();
        var container = Shared.Sleeper();
        container.StopSignal = Signal.Sigusr1;
        container.Linux.Resources.MemoryLimitInBytes = 64 << 20;
        container.Mounts.Add(new Mount { HostPath = "/etc", ContainerPath = "/volume", Readonly = true });

        var status = await pod.ContainerAsync(await pod.StartAsync(container));

        status.Resources.Linux.MemoryLimitInBytes.Should().Be(64 << 20);
        status.StopSignal.Should().Be(Signal.Sigusr1);
        status.LogPath.Should().Be(pod.Log(container).Path);
        status.Mounts.Should().ContainSingle(mount => mount.ContainerPath == "/volume" && mount.Readonly);
        status.StartedAt.Should().BeGreaterThanOrEqualTo(status.CreatedAt);
    }

    [SkippableFact]
    public async Task An_update_of_limits_is_in_force_on_return_and_one_that_cannot_be_is_an_error()
    {
        var pod = await Shared.PodAsync();
        var container = Shared.Sleeper();
        container.Linux.Resources.CpuPeriod = 100_000;
        container.Linux.Resources.CpuQuota = 50_000;
        var id = await pod.StartAsync(container);

        await Runtime.UpdateContainerResourcesAsync(new UpdateContainerResourcesRequest { ContainerId = id, Linux = new LinuxContainerResources { CpuShares = 300, CpuPeriod = 100_000, CpuQuota = 20_000 } });
        var wrong = await SharedNode.FailureAsync(() => Runtime.UpdateContainerResourcesAsync(new UpdateContainerResourcesRequest { ContainerId = id, Linux = new LinuxContainerResources { CpusetCpus = "4000-5000" } }));

        wrong.StatusCode.Should().NotBe(StatusCode.OK);
        (await SharedNode.FailureAsync(() => Runtime.UpdateContainerResourcesAsync(new UpdateContainerResourcesRequest
        {
            ContainerId = id, Linux = new LinuxContainerResources { CpuShares = 400, HugepageLimits = { new HugepageLimit { PageSize = "2MB", Limit = 2 << 20 } } },
        }))).Detail.Should().EndWith("its limit of 2MB pages cannot change while it exists");
        var status = await pod.ContainerAsync(id);
        status.Resources.Linux.CpuShares.Should().Be(300);
        status.Resources.Linux.CpuQuota.Should().Be(20_000);
        status.Resources.Linux.CpusetCpus.Should().BeEmpty();
        (await pod.ExecAsync(id, "sh", "-c", "cat /sys/fs/cgroup/cpu*/cpu.cfs_quota_us /sys/fs/cgroup/cpu.max 2>/dev/null | head -1")).Stdout.ToStringUtf8().Should().StartWith("20000");
    }

    [SkippableFact]
    public async Task The_log_of_a_container_that_does_not_run_is_not_reopened()
    {
        var pod = await Shared.PodAsync();
        var container = Shared.Script("brief", "echo done");
        var id = await pod.StartAsync(container);
        await pod.ExitedAsync(id);
        await container.WaitForLogAsync(pod, "done");
        File.Delete(pod.Log(container).Path);

        (await SharedNode.FailureAsync(() => Runtime.ReopenContainerLogAsync(new ReopenContainerLogRequest { ContainerId = id }))).StatusCode.Should().Be(StatusCode.FailedPrecondition);
        File.Exists(pod.Log(container).Path).Should().BeFalse();
    }

    [SkippableFact]
    public async Task A_checkpoint_is_refused_with_a_reason()
    {
        var pod = await Shared.PodAsync();
        var id = await pod.StartAsync(Shared.Sleeper());

        (await SharedNode.FailureAsync(() => Runtime.CheckpointContainerAsync(new CheckpointContainerRequest { ContainerId = id, Location = "/tmp/x.tar" }))).StatusCode.Should().Be(StatusCode.FailedPrecondition);
    }

    [SkippableFact]
    public async Task What_a_container_on_the_hosts_process_ids_leaves_is_killed_with_it()
    {
        var pod = await Shared.PodAsync(config => config.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Node);
        var container = Shared.Script("leaves", "setsid sleep 98765 & echo gone; exit 0");
        container.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Node;

        (await Shared.OutputAsync(pod, container)).Should().Equal("gone");

        await Eventually.IsTrueAsync("nothing of it runs", async () => (await Ocid.Testing.Tool.TryRunAsync(null, "pgrep", "-f", "^sleep 98765$")).Output.Length == 0);
    }

    [SkippableFact]
    public async Task What_the_host_mounts_later_is_seen_where_propagation_asks_for_it()
    {
        await WithSharedMountAsync(async shared =>
        {
            var pod = await Shared.PodAsync();
            var container = Shared.Sleeper();
            container.Mounts.Add(new Mount { HostPath = shared, ContainerPath = "/slave", Propagation = MountPropagation.PropagationHostToContainer });
            container.Mounts.Add(new Mount { HostPath = shared, ContainerPath = "/private" });
            var id = await pod.StartAsync(container);

            await Ocid.Testing.Tool.RunAsync("mount", "-t", "tmpfs", "later", Path.Combine(shared, "below"));
            await File.WriteAllTextAsync(Path.Combine(shared, "below", "file"), "");

            (await pod.ExecAsync(id, "ls", "/slave/below")).Stdout.ToStringUtf8().Should().Be("file\n");
            (await pod.ExecAsync(id, "ls", "/private/below")).Stdout.ToStringUtf8().Should().BeEmpty();
            await pod.RemoveAsync();
        });
    }

    [SkippableFact]
    public async Task What_a_container_mounts_is_seen_by_the_host_where_propagation_asks_for_both_ways()
    {
        await WithSharedMountAsync(async shared =>
        {
            var pod = await Shared.PodAsync(config => config.Linux.SecurityContext.Privileged = true);
            var container = Shared.Sleeper();
            container.Linux.SecurityContext.Privileged = true;
            container.Mounts.Add(new Mount { HostPath = shared, ContainerPath = "/both", Propagation = MountPropagation.PropagationBidirectional });
            var id = await pod.StartAsync(container);

            (await pod.ExecAsync(id, "sh", "-c", "mount -t tmpfs inside /both/below && echo seen > /both/below/file")).ExitCode.Should().Be(0);

            (await File.ReadAllTextAsync(Path.Combine(shared, "below", "file"))).Should().Be("seen\n");
            await pod.RemoveAsync();
        });
    }

    [SkippableFact]
    public async Task A_container_sees_the_processes_of_the_target_that_it_names_which_must_run_in_the_same_pod()
    {
        var (pod, other) = (await Shared.PodAsync(), await Shared.PodAsync());
        var target = await pod.StartAsync(PodRequests.Container("target", Shared.Busybox, "sleep", "4711"));
        var stranger = await other.StartAsync(Shared.Sleeper("stranger"));
        var ended = await pod.StartAsync(Shared.Script("ended", "true"));
        await pod.ExitedAsync(ended);

        (await Shared.OutputAsync(pod, Looking("debugger", target))).Should().ContainSingle(line => line.Contains("sleep 4711", StringComparison.Ordinal));
        (await SharedNode.FailureAsync(() => Create(pod, Looking("elsewhere", stranger)))).StatusCode.Should().Be(StatusCode.InvalidArgument);
        (await SharedNode.FailureAsync(() => Create(pod, Looking("late", ended)))).StatusCode.Should().Be(StatusCode.FailedPrecondition);
        (await SharedNode.FailureAsync(() => Create(pod, Looking("nobody", "0123456789abcdef")))).StatusCode.Should().Be(StatusCode.NotFound);

        ContainerConfig Looking(string name, string at)
        {
            var container = Shared.Script(name, "ps -o args");
            container.Linux.SecurityContext.NamespaceOptions = new NamespaceOption { Pid = NamespaceMode.Target, TargetId = at };
            return container;
        }
    }

    /// <summary>A directory of the host whose mounts are passed on, with a directory "below" to mount on.</summary>
    private async Task WithSharedMountAsync(Func<string, Task> use)
    {
        var shared = Directory.CreateDirectory(Path.Combine(Node.Folders.PodLogs, "shared")).FullName;
        await Ocid.Testing.Tool.RunAsync("mount", "--bind", shared, shared);
        await Ocid.Testing.Tool.RunAsync("mount", "--make-shared", shared);
        try
        {
            Directory.CreateDirectory(Path.Combine(shared, "below"));
            await use(shared);
        }
        finally
        {
            await Ocid.Testing.Tool.RunAsync("umount", "-R", shared);
        }
    }
}
