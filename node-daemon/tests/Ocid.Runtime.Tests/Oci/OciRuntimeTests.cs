using Ocid.Primitives;
using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Oci;
using Ocid.Spec.Resources;
using Ocid.Spec.Seccomp;

namespace Ocid.Runtime.Tests.Oci;

public sealed class OciRuntimeTests
{
    private const int Kill = 9;

    public static TheoryData<string> Programs => TestContainer.Programs;

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public async Task A_container_goes_from_created_to_running_to_stopped_to_unknown(string program)
    {
        await using var container = new TestContainer(program);
        var (runtime, id) = (container.Runtime, container.Id);

        await container.CreateAsync("exec busybox sleep 100");
        (await runtime.StateAsync(id, default)).Should().BeEquivalentTo(new { Status = RuntimeStatus.Created, container.Pid });
        await runtime.StartAsync(id, default);
        (await runtime.StateAsync(id, default))!.Status.Should().Be(RuntimeStatus.Running);
        (await runtime.KillAsync(id, Kill, all: false, default)).Should().BeTrue();
        await container.EndAsync();
        (await runtime.KillAsync(id, Kill, all: false, default)).Should().BeFalse();
        await runtime.DeleteAsync(id, force: false, default);
        (await runtime.StateAsync(id, default)).Should().BeNull();
    }

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public async Task An_unknown_container_is_no_error_where_it_should_be_gone(string program)
    {
        await using var container = new TestContainer(program);
        var (runtime, id) = (container.Runtime, container.Id);

        (await runtime.StateAsync(id, default)).Should().BeNull();
        (await runtime.KillAsync(id, Kill, all: true, default)).Should().BeFalse();
        await runtime.DeleteAsync(id, force: false, default);
        var start = () => runtime.StartAsync(id, default);
        (await start.Should().ThrowAsync<OcidException>()).Which.Should().Match<OcidException>(failure => failure.Kind == ErrorKind.NotFound && failure.Message.Contains(id.Value));
    }

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public async Task A_running_container_is_deleted_only_by_force(string program)
    {
        await using var container = new TestContainer(program);
        await container.CreateAsync("exec busybox sleep 100");
        await container.Runtime.StartAsync(container.Id, default);

        var delete = () => container.Runtime.DeleteAsync(container.Id, force: false, default);
        (await delete.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.FailedPrecondition);
        await container.Runtime.DeleteAsync(container.Id, force: true, default);
        (await container.Runtime.StateAsync(container.Id, default)).Should().BeNull();
    }

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public async Task A_failure_is_told_in_the_runtimes_own_words(string program)
    {
        await using var container = new TestContainer(program);
        await container.CreateAsync("exec busybox sleep 100");
        await container.Runtime.StartAsync(container.Id, default);

        var again = () => container.Runtime.StartAsync(container.Id, default);
        (await again.Should().ThrowAsync<OcidException>()).WithMessage($"{container.Runtime.Handler.Name} start {container.Id}: cannot *");
    }

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public async Task An_update_reaches_the_cgroup(string program)
    {
        await using var container = new TestContainer(program);
        await container.CreateAsync("exec busybox sleep 100", request => request with { Resources = new ContainerResources { MemoryLimit = 64 << 20, CpuShares = 512 } });
        await container.Runtime.StartAsync(container.Id, default);

        await container.Runtime.UpdateAsync(container.Id, ResourceMapping.Map(new ContainerResources { MemoryLimit = 128 << 20, PidsLimit = 50 }, container.Host), default);

        var stats = ContainerCgroup.Of(container.Hierarchies, container.Pid).Read();
        stats.Memory!.Limit.Should().Be(128 << 20);
        stats.Pids!.Limit.Should().Be(50);
    }

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public async Task The_default_filter_lets_programs_work_and_denies_new_namespaces(string program)
    {
        await using var container = new TestContainer(program);

        await container.RunToEndAsync(
            "(busybox hostname; busybox id -u; busybox grep Seccomp: /proc/self/status; busybox unshare -U true 2>&1 || echo denied; echo $HOSTNAME) > /output",
            request => request with { Seccomp = SeccompRequest.RuntimeDefault });

        var lines = await File.ReadAllLinesAsync(container.OutputFile);
        lines.Should().StartWith(["box", "0"]).And.Contain("Seccomp:\t2").And.EndWith(["denied", "box"]);
    }

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public async Task A_privileged_container_starts_on_this_host(string program)
    {
        await using var container = new TestContainer(program);

        await container.RunToEndAsync("busybox grep CapEff: /proc/self/status > /output", request => request with { Privileged = true, OomScoreAdj = -999 });

        var effective = Convert.ToUInt64((await File.ReadAllTextAsync(container.OutputFile)).Split('\t')[1].Trim(), 16);
        System.Numerics.BitOperations.PopCount(effective).Should().Be(container.Host.BoundingSet.Count);
    }

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public async Task Statistics_and_out_of_memory_kills_are_read_from_a_real_container(string program)
    {
        await using var container = new TestContainer(program);
        await container.CreateAsync("busybox sleep 0.2; busybox tail /dev/zero; exec busybox sleep 100", request => request with { Resources = new ContainerResources { MemoryLimit = 16 << 20 } });
        var cgroup = ContainerCgroup.Of(container.Hierarchies, container.Pid);
        await container.Runtime.StartAsync(container.Id, default);

        var stats = cgroup.Read();
        stats.Cpu!.TotalNanoseconds.Should().BePositive();
        stats.Memory!.Limit.Should().Be(16 << 20);
        stats.Memory.WorkingSet.Should().BePositive().And.BeLessThanOrEqualTo(stats.Memory.Usage);
        stats.Memory.Available.Should().Be(stats.Memory.Limit - stats.Memory.WorkingSet);
        stats.Pids!.Current.Should().BePositive();

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (cgroup.ReadOomKills() == 0)
            await Task.Delay(20, limit.Token);
        cgroup.ReadOomKills().Should().Be(1);
    }

    [SkippableTheory]
    [MemberData(nameof(Programs))]
    public async Task A_program_tells_what_it_can_do(string program)
    {
        await using var container = new TestContainer(program);

        var features = await container.Runtime.ProbeAsync(default);

        features.Version.Should().Contain(Path.GetFileName(program));
        features.Seccomp.Should().BeTrue();
    }
}
