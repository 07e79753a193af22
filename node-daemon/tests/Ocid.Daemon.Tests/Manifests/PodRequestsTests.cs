using Ocid.Cri.V1;
using Ocid.Daemon.Manifests;

namespace Ocid.Daemon.Tests.Manifests;

public sealed class PodRequestsTests
{
    private readonly PodDirectory _directory = PodDirectory.New("/var/lib/ocid");

    [Fact]
    public void Limits_become_what_the_kubelet_would_ask_for()
    {
        var resources = Container("resources: {limits: {cpu: 500m, memory: 64Mi}}").Linux.Resources;

        resources.Should().BeEquivalentTo(new { CpuShares = 512L, CpuPeriod = 100_000L, CpuQuota = 50_000L, MemoryLimitInBytes = 64L << 20 });
        Container("tty: false").Linux.Resources.Should().BeEquivalentTo(new { CpuShares = 2L, CpuPeriod = 0L, CpuQuota = 0L, MemoryLimitInBytes = 0L });
    }

    [Fact]
    public void A_plain_container_is_confined_and_a_privileged_one_is_not()
    {
        var plain = Container("tty: false").Linux.SecurityContext;
        plain.Seccomp.ProfileType.Should().Be(SecurityProfile.Types.ProfileType.RuntimeDefault);
        plain.MaskedPaths.Should().Contain("/proc/kcore");
        plain.ReadonlyPaths.Should().Contain("/proc/sys");

        var privileged = Container("securityContext: {privileged: true}").Linux.SecurityContext;
        privileged.Privileged.Should().BeTrue();
        privileged.Seccomp.ProfileType.Should().Be(SecurityProfile.Types.ProfileType.Unconfined);
        privileged.MaskedPaths.Should().BeEmpty();
    }

    [Fact]
    public void Profiles_and_labels_are_passed_on()
    {
        var security = Container("securityContext: {appArmorProfile: {type: Localhost, localhostProfile: mine}, seLinuxOptions: {type: spc_t, level: 's0:c1,c2'}}").Linux.SecurityContext;

        security.Apparmor.Should().BeEquivalentTo(new { ProfileType = SecurityProfile.Types.ProfileType.Localhost, LocalhostRef = "mine" });
        security.SelinuxOptions.Should().BeEquivalentTo(new { User = "", Role = "", Type = "spc_t", Level = "s0:c1,c2" });
        Container("tty: false").Linux.SecurityContext.Apparmor.Should().BeNull();
    }

    [Fact]
    public void An_empty_directory_is_the_pods_own()
    {
        var mount = Container("volumeMounts: [{name: data, mountPath: /data}]").Mounts.Should().ContainSingle().Subject;

        mount.HostPath.Should().Be($"/var/lib/ocid/run/{_directory.Uid}/volumes/data");
        mount.Readonly.Should().BeFalse();
    }

    [Fact]
    public void Resolver_settings_stand_on_top_of_the_hosts()
    {
        var sandbox = PodRequests.Sandbox(Read("tty: false", "  dnsConfig: {nameservers: [10.0.0.1], searches: [b], options: [{name: ndots, value: '2'}]}"), _directory, "search a\nnameserver 1.1.1.1\n#x\noptions rotate\n");

        sandbox.DnsConfig.Servers.Should().Equal("1.1.1.1", "10.0.0.1");
        sandbox.DnsConfig.Searches.Should().Equal("a", "b");
        sandbox.DnsConfig.Options.Should().Equal("rotate", "ndots:2");
    }

    [Fact]
    public void Namespaces_are_the_pods_but_for_processes()
    {
        var options = PodRequests.Sandbox(Read("tty: false"), _directory, "").Linux.SecurityContext.NamespaceOptions;
        options.Should().BeEquivalentTo(new { Network = NamespaceMode.Pod, Ipc = NamespaceMode.Pod, Pid = NamespaceMode.Container });

        var host = PodRequests.Sandbox(Read("tty: false", "  hostNetwork: true\n  hostIPC: true\n  shareProcessNamespace: true"), _directory, "");
        host.Linux.SecurityContext.NamespaceOptions.Should().BeEquivalentTo(new { Network = NamespaceMode.Node, Ipc = NamespaceMode.Node, Pid = NamespaceMode.Pod });
        host.Hostname.Should().BeEmpty();
    }

    private ContainerConfig Container(string field)
    {
        var pod = Read(field);
        return PodRequests.Container(pod, pod.Containers[0], "sha256:1", _directory);
    }

    private static PodManifest Read(string containerField, string podFields = "") => PodManifestReader.Read("pod.yaml", new StringReader($$$"""
        apiVersion: v1
        kind: Pod
        metadata: {name: web}
        spec:
          volumes: [{name: data, emptyDir: {}}]
          containers:
          - name: app
            image: busybox
            {{{containerField}}}
        {{{podFields}}}
        """));
}
