using System.Runtime.InteropServices;
using Ocid.Agent.Preflight;

namespace Ocid.Agent.Tests.Preflight;

public sealed class HostCheckTests : IDisposable
{
    private readonly TestHost _host = new();

    public HostCheckTests()
    {
        Write("proc/sys/kernel/osrelease", "6.1.0-18-amd64\n");
        Write("etc/os-release", "ID=debian\nPRETTY_NAME=\"Debian GNU/Linux 12 (bookworm)\"\n");
        Write("lib64/ld-linux-x86-64.so.2", "");
        Write("sys/fs/cgroup/cgroup.controllers", "cpu memory pids");
    }

    [Fact]
    public void A_usual_host_is_fit()
    {
        var report = Check();

        report.Should().BeEquivalentTo(new HostReport("amd64", "6.1.0-18-amd64", "Debian GNU/Linux 12 (bookworm)", [], null));
    }

    [Fact]
    public void Other_runtimes_are_named_and_do_not_make_a_host_unfit()
    {
        Write("run/containerd/containerd.sock", "");
        Write("run/crio/crio.sock", "");

        Check().Should().BeEquivalentTo(new { OtherRuntimes = new[] { "containerd", "CRI-O" }, WhyUnfit = (string?)null });
    }

    [Theory]
    [InlineData("proc/sys/kernel/osrelease", "5.14.0-427.el9", "the kernel is 5.14.0-427.el9, and ocid needs Linux 5.15 or later")]
    [InlineData("proc/sys/kernel/osrelease", "5.15.0+", null)]
    [InlineData("etc/os-release", "ID=talos\nPRETTY_NAME=\"Talos (v1.9.0)\"", "Talos (v1.9.0) lets nobody install a runtime on a node: it brings its own with its image")]
    [InlineData("sys/fs/selinux/enforce", "1", "SELinux enforces its policy, which has no domain for ocid itself")]
    [InlineData("sys/fs/selinux/enforce", "0", null)]
    [InlineData("run/openrc/softlevel", "default", "OpenRC starts this host's services, and ocid knows systemd, or no init system at all")]
    public void What_is_unfit_is_said_in_one_sentence(string file, string content, string? sentence)
    {
        Write(file, content);

        Check().WhyUnfit.Should().Be(sentence);
    }

    [Fact]
    public void A_host_with_musl_or_another_processor_or_no_cgroups_is_unfit()
    {
        Check(Architecture.S390x).WhyUnfit.Should().Be("the processor is S390x, and ocid runs on x86-64 and 64-bit ARM");
        File.Delete(_host.Paths.Below("sys/fs/cgroup/cgroup.controllers"));
        Check().WhyUnfit.Should().Be("no cgroups are mounted at /sys/fs/cgroup");
        File.Delete(_host.Paths.Below("lib64/ld-linux-x86-64.so.2"));
        Check().WhyUnfit.Should().Be("Debian GNU/Linux 12 (bookworm) has no glibc, which ocid needs");
    }

    [Fact]
    public void This_machine_is_read_without_complaint() =>
        new HostCheck(new Agent.Hosts.NodePaths(), "/", RuntimeInformation.ProcessArchitecture).Read().Kernel.Should().NotBeEmpty();

    public void Dispose() => _host.Dispose();

    private HostReport Check(Architecture architecture = Architecture.X64) => new HostCheck(_host.Paths, _host.Paths.Root, architecture).Read();

    private void Write(string file, string content)
    {
        var path = _host.Paths.Below(file);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
    }
}
