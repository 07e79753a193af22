using Ocid.Linux.Namespaces;
using Ocid.Primitives;

namespace Ocid.Linux.Tests.Namespaces;

public sealed class SysctlTests
{
    [Theory]
    [InlineData("net.ipv4.ip_forward", NamespaceKinds.Network)]
    [InlineData("net/ipv4/conf/eth0.1/forwarding", NamespaceKinds.Network)]
    [InlineData("kernel.shm_rmid_forced", NamespaceKinds.Ipc)]
    [InlineData("kernel.sem", NamespaceKinds.Ipc)]
    [InlineData("fs.mqueue.msg_max", NamespaceKinds.Ipc)]
    public void Parse_knows_the_namespace(string name, NamespaceKinds kind) =>
        Sysctl.Parse(name, "1").Kind.Should().Be(kind);

    [Theory]
    [InlineData("kernel.core_pattern")]
    [InlineData("kernel.panic")]
    [InlineData("vm.swappiness")]
    [InlineData("net")]
    [InlineData("net..x")]
    [InlineData("net/../kernel/core_pattern")]
    [InlineData("net.//.kernel.core_pattern")]
    [InlineData("fs.mqueue./../x")]
    [InlineData("")]
    public void Parse_refuses_what_is_the_hosts(string name) =>
        FluentActions.Invoking(() => Sysctl.Parse(name, "1")).Should().Throw<OcidException>().Which.Kind.Should().Be(ErrorKind.InvalidArgument);

    [Fact]
    public void Parse_refuses_a_value_of_two_lines() =>
        FluentActions.Invoking(() => Sysctl.Parse("net.ipv4.ip_forward", "1\n2")).Should().Throw<OcidException>();

    [Fact]
    public void A_dotted_name_keeps_a_slash_as_a_dot_of_the_part() =>
        Sysctl.Parse("net.ipv4.conf.eth0/1.forwarding", "1").Path.Should().Be("/proc/sys/net/ipv4/conf/eth0.1/forwarding");
}
