using System.Globalization;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Cgroups;
using Ocid.Spec;
using Ocid.Spec.Resources;

namespace Ocid.Runtime.Tests.Cgroups;

public sealed class PodCgroupTests
{
    [SkippableFact]
    public async Task A_pods_cgroup_is_made_limited_and_removed_with_what_is_left_in_it()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");
        var hierarchies = CgroupHierarchies.Read();
        var parent = CgroupPath.Parse("/ocid-pod-" + ContainerId.New().Value[..12]);
        var path = parent.Child("pod");
        var pod = new PodCgroup(hierarchies, path);

        pod.Create();
        pod.Create();
        pod.Limit(ResourceMapping.Map(new ContainerResources { MemoryLimit = 32 << 20, PidsLimit = 20, CpuShares = 256 }, HostFactsReader.Read()));
        var stats = ContainerCgroup.At(hierarchies, path).Read();
        stats.Memory!.Limit.Should().Be(32 << 20);
        stats.Pids!.Limit.Should().Be(20);

        var pid = await Command.StartDetachedAsync(new CommandSpec { Program = "/bin/sleep", Arguments = ["100"] });
        using var process = PidFd.Open(pid);
        foreach (var directory in Directories(hierarchies, path))
            await File.WriteAllTextAsync(Path.Combine(directory, "cgroup.procs"), pid.ToString(CultureInfo.InvariantCulture));
        await new PodCgroup(hierarchies, parent).RemoveAsync(default);

        Directories(hierarchies, parent).Where(Directory.Exists).Should().BeEmpty();
        await process.WaitAsync(default).WaitAsync(TimeSpan.FromSeconds(60)); // its reaper may be slow
        await new PodCgroup(hierarchies, parent).RemoveAsync(default);
    }

    [SkippableFact]
    public void A_limit_without_its_controller_is_refused_by_name()
    {
        var hierarchies = CgroupHierarchies.Read();
        Skip.If(hierarchies.Mode == CgroupMode.Unified || hierarchies.Controllers().Contains("hugetlb"), "needs a host whose hugetlb controller is not mounted");

        FluentActions.Invoking(() => new PodCgroup(hierarchies, CgroupPath.Parse("/none")).Limit(new() { HugepageLimits = [new() { PageSize = "2MB", Limit = 1 }] }))
            .Should().Throw<OcidException>().WithMessage("*hugetlb*").Which.Kind.Should().Be(ErrorKind.FailedPrecondition);
    }

    private static IEnumerable<string> Directories(CgroupHierarchies hierarchies, CgroupPath path) => hierarchies.Mode == CgroupMode.Unified
        ? [hierarchies.UnifiedMount!.Locate(path.Value)]
        : hierarchies.Legacy.Values.Select(mount => mount.Locate(path.Value));
}
