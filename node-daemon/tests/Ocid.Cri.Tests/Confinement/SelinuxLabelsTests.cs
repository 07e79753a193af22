using Ocid.Cri.Confinement;
using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Cri.V1;
using Ocid.Primitives;
using Ocid.Runtime.Confinement;
using PodSandbox = Ocid.Cri.Pods.PodSandbox;
using PodSandboxStatus = Ocid.Cri.Pods.PodSandboxStatus;

namespace Ocid.Cri.Tests.Confinement;

public sealed class SelinuxLabelsTests : IDisposable
{
    private readonly TemporaryDirectory _root = new();

    public SelinuxLabelsTests()
    {
        Write("etc/selinux/config", "# how\nSELINUX=enforcing\nSELINUXTYPE=default\n");
        Write("etc/selinux/default/contexts/lxc_contexts", "process = \"system_u:system_r:container_t:s0\"\nfile = \"system_u:object_r:container_file_t:s0\"\n");
        Write("sys/fs/selinux/context", "");
    }

    private SelinuxLabels Labels => new(enabled: true, new SelinuxPolicy(_root.Path));

    public void Dispose() => _root.Dispose();

    [Fact]
    public void A_container_runs_in_the_policys_domain_at_its_pods_level_and_its_files_are_at_that_level() =>
        Labels.For(Pod("s0:c1,c2"), new LinuxContainerSecurityContext()).Should().Be(("system_u:system_r:container_t:s0:c1,c2", "system_u:object_r:container_file_t:s0:c1,c2"));

    [Fact]
    public void Options_of_the_container_go_before_the_pods_and_those_before_the_defaults()
    {
        var pod = Pod("s0:c1,c2", new SELinuxOption { Type = "pod_t", Level = "s0:c7,c8" });

        Labels.For(pod, new LinuxContainerSecurityContext()).Process.Should().Be("system_u:system_r:pod_t:s0:c7,c8");
        Labels.For(pod, new LinuxContainerSecurityContext { SelinuxOptions = new SELinuxOption { User = "u", Role = "r", Type = "spc_t" } })
            .Should().Be(("u:r:spc_t:s0:c7,c8", "system_u:object_r:container_file_t:s0:c7,c8"));
    }

    [Fact]
    public void Privileged_containers_and_those_that_see_the_hosts_processes_have_labels_only_when_they_ask()
    {
        var pod = Pod("s0:c1,c2");

        Labels.For(pod, new LinuxContainerSecurityContext { Privileged = true }).Should().Be((null, null));
        Labels.For(pod, new LinuxContainerSecurityContext { NamespaceOptions = new NamespaceOption { Pid = NamespaceMode.Node } }).Should().Be((null, null));
        Labels.For(pod, new LinuxContainerSecurityContext { Privileged = true, SelinuxOptions = new SELinuxOption { Type = "spc_t" } })
            .Should().Be(("system_u:system_r:spc_t:s0:c1,c2", null));
    }

    [Fact]
    public void A_host_without_SELinux_leaves_labels_out_whatever_is_asked()
    {
        var labels = new SelinuxLabels(enabled: false, new SelinuxPolicy(_root.Path));

        labels.For(Pod(null), new LinuxContainerSecurityContext { SelinuxOptions = new SELinuxOption { Type = "spc_t" } }).Should().Be((null, null));
        labels.NewLevel([]).Should().BeNull();
        labels.Shared.Should().BeNull();
    }

    [Fact]
    public void A_policy_that_knows_no_containers_refuses_options_by_name()
    {
        File.Delete(Path.Combine(_root.Path, "etc/selinux/default/contexts/lxc_contexts"));

        Labels.For(Pod(null), new LinuxContainerSecurityContext()).Should().Be((null, null));
        FluentActions.Invoking(() => Labels.For(Pod(null), new LinuxContainerSecurityContext { SelinuxOptions = new SELinuxOption { Type = "spc_t" } }))
            .Should().Throw<OcidException>().WithMessage("*lxc_contexts*");
    }

    [Fact]
    public void A_policy_that_names_types_which_the_kernel_does_not_know_knows_no_containers()
    {
        var check = Path.Combine(_root.Path, "sys/fs/selinux/context");
        File.Delete(check);
        File.CreateSymbolicLink(check, "/proc/self/oom_score_adj"); // a file of the kernel's that answers EINVAL, too

        Labels.For(Pod(null), new LinuxContainerSecurityContext()).Should().Be((null, null));
        Labels.Shared.Should().BeNull();
        Labels.NewLevel([]).Should().BeNull();
    }

    [Fact]
    public void Each_pod_has_a_level_of_its_own()
    {
        var levels = new List<string?>();
        for (var i = 0; i < 300; i++)
            levels.Add(Labels.NewLevel(levels));

        levels.Should().OnlyHaveUniqueItems().And.AllSatisfy(level => level.Should().MatchRegex("^s0:c[0-9]+,c[0-9]+$"));
    }

    [Theory]
    [InlineData("no label")]
    [InlineData("line\nbreak")]
    public void An_option_that_makes_no_label_is_refused(string type) =>
        FluentActions.Invoking(() => Labels.For(Pod("s0"), new LinuxContainerSecurityContext { SelinuxOptions = new SELinuxOption { Type = type } }))
            .Should().Throw<OcidException>().WithMessage("SELinux label*");

    [Theory]
    [InlineData("/")]
    [InlineData("/srv")]
    [InlineData("/etc/ssl")]
    [InlineData("/var/lib")]
    public void A_directory_that_the_host_lives_in_is_not_relabelled(string path) =>
        FluentActions.Invoking(() => VolumeLabels.Set(path, "u:r:t:s0")).Should().Throw<OcidException>().WithMessage("*selinux_relabel would take it from the host");

    private static PodSandbox Pod(string? level, SELinuxOption? options = null)
    {
        var config = new PodSandboxConfig { Linux = new LinuxPodSandboxConfig { SecurityContext = new LinuxSandboxSecurityContext { SelinuxOptions = options } } };
        var spec = PodSandboxSpec.Create(PodSandboxId.New(), config, "", "runc", "", 0) with { SelinuxLevel = level };
        return new PodSandbox(spec, new PodSandboxStatus { Phase = PodPhase.Ready, BootId = "" }, new StatePaths("/none", "/none"));
    }

    private void Write(string path, string text)
    {
        var full = Path.Combine(_root.Path, path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
    }
}
