using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Primitives;
using Ocid.Runtime.Oci;

namespace Ocid.Cri.Tests.Pods;

public sealed class PodCgroupTests
{
    private const string Id = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData(false, "/kubepods/podX", "/kubepods/podX", "/kubepods/podX/c", "/kubepods/podX/c")]
    [InlineData(false, "", "/ocid-" + Id, "/ocid-" + Id + "/c", "/ocid-" + Id + "/c")]
    [InlineData(true, "kubepods-besteffort-podX.slice", "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podX.slice", "kubepods-besteffort-podX.slice:ocid:c", "/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-podX.slice/ocid-c.scope")]
    [InlineData(true, "/kubepods.slice/kubepods-podX.slice", "/kubepods.slice/kubepods-podX.slice", "kubepods-podX.slice:ocid:c", "/kubepods.slice/kubepods-podX.slice/ocid-c.scope")]
    [InlineData(true, "", "/ocid_" + Id + ".slice", "ocid_" + Id + ".slice:ocid:c", "/ocid_" + Id + ".slice/ocid-c.scope")]
    public void Containers_are_below_the_cgroup_that_the_driver_makes(bool systemd, string asked, string pod, string specified, string path)
    {
        var sandbox = Pod(systemd, asked);

        PodCgroupPath.Of(sandbox).Value.Should().Be(pod);
        PodCgroupPath.Child(sandbox, "c", Runtime("runc", systemd)).Specified.Should().Be(specified);
        PodCgroupPath.Child(sandbox, "c", Runtime("runc", systemd)).Path.Value.Should().Be(path);
    }

    [Theory]
    [InlineData(false, "/kubepods/podX", "/kubepods/podX/c")]
    [InlineData(true, "kubepods-podX.slice", "/kubepods.slice/kubepods-podX.slice/ocid-c.scope/container")]
    public void Cruns_are_one_further_below_the_scope(bool systemd, string asked, string path) =>
        PodCgroupPath.Child(Pod(systemd, asked), "c", Runtime("crun", systemd)).Path.Value.Should().Be(path);

    [Theory]
    [InlineData(false, "kubepods-podX.slice", "cgroup driver is cgroupfs, and this is a slice of systemd's")]
    [InlineData(true, "/kubepods/podX", "cgroup driver is systemd, and this is no slice")]
    [InlineData(true, "a--b.slice", "want names joined by dashes")]
    [InlineData(false, "/../etc", "want components below the root")]
    public void What_is_not_the_drivers_is_refused(bool systemd, string asked, string reason) =>
        FluentActions.Invoking(() => Pod(systemd, asked)).Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.InvalidArgument).Which.Message.Should().Contain(reason);

    private static RuntimeHandler Runtime(string name, bool systemd) => new() { Name = name, Program = "/usr/bin/" + name, Root = "/run/ocid/" + name, SystemdCgroup = systemd };

    private static PodSandbox Pod(bool systemd, string asked)
    {
        var id = PodSandboxId.Parse(Id);
        var config = new V1.PodSandboxConfig { Linux = new V1.LinuxPodSandboxConfig { CgroupParent = asked } };
        var parent = new PodCgroupRules(systemd).ParentOf(asked, id);
        return new PodSandbox(PodSandboxSpec.Create(id, config, "", "runc", parent, 1), new PodSandboxStatus { Phase = PodPhase.Ready, BootId = "b" }, new StatePaths("/nonexistent/state", "/nonexistent/run"));
    }
}
