using Ocid.Cri.Pods;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.Pods;

public sealed class PodSandboxRulesTests
{
    public static TheoryData<string, Action<V1.PodSandboxConfig>> Wrong => new()
    {
        { "metadata.name", c => c.Metadata.Name = "" },
        { "metadata.uid", c => c.Metadata.Uid = "" },
        { "control character", c => c.Metadata.Name = "a\nb" },
        { "hostname", c => c.Hostname = "a\nnameserver 6.6.6.6" },
        { "dns_config", c => c.DnsConfig = new V1.DNSConfig { Servers = { "1.1.1.1\noptions x" } } },
        { "run_as_group", c => Security(c).RunAsGroup = new V1.Int64Value { Value = 1 } },
        { "port 70000", c => c.PortMappings.Add(new V1.PortMapping { ContainerPort = 70000 }) },
        { "net.ipv4.ip_forward", c => { Security(c).NamespaceOptions = new V1.NamespaceOption { Network = V1.NamespaceMode.Node }; c.Linux.Sysctls["net.ipv4.ip_forward"] = "1"; } },
        { "kernel.shmmax", c => { Security(c).NamespaceOptions = new V1.NamespaceOption { Ipc = V1.NamespaceMode.Node }; c.Linux.Sysctls["kernel.shmmax"] = "1"; } },
        { "userns_options: uids: want one mapping, there are 2", c => Users(c, new V1.UserNamespace { Uids = { Mapping(0, 1000, 10), Mapping(10, 2000, 10) }, Gids = { Mapping(0, 1000, 10) } }) },
        { "userns_options: gids: want one mapping, there are 0", c => Users(c, new V1.UserNamespace { Uids = { Mapping(0, 1000, 10) } }) },
        { "userns_options: uids: container id 0", c => Users(c, new V1.UserNamespace { Uids = { Mapping(1, 1000, 10) }, Gids = { Mapping(0, 1000, 10) } }) },
        { "userns_options: uids: 0 ids", c => Users(c, new V1.UserNamespace { Uids = { Mapping(0, 1000, 0) }, Gids = { Mapping(0, 1000, 10) } }) },
        { "userns_options: gids: 4294967295 ids from 1000", c => Users(c, new V1.UserNamespace { Uids = { Mapping(0, 1000, 10) }, Gids = { Mapping(0, 1000, uint.MaxValue) } }) },
        { "userns_options: mode Container", c => Users(c, new V1.UserNamespace { Mode = V1.NamespaceMode.Container }) },
        { "userns_options: mode Target", c => Users(c, new V1.UserNamespace { Mode = V1.NamespaceMode.Target }) },
        { "userns_options: mode NODE with mappings", c => Users(c, new V1.UserNamespace { Mode = V1.NamespaceMode.Node, Uids = { Mapping(0, 1000, 10) } }) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void A_wrong_request_is_refused_by_field(string named, Action<V1.PodSandboxConfig> spoil)
    {
        var config = Right();
        spoil(config);

        FluentActions.Invoking(() => PodSandboxRules.Check(config)).Should().Throw<OcidException>()
            .Where(e => e.Kind == ErrorKind.InvalidArgument).Which.Message.Should().Contain(named);
    }

    [Fact]
    public void A_plain_request_passes() => FluentActions.Invoking(() => PodSandboxRules.Check(Right())).Should().NotThrow();

    private static void Users(V1.PodSandboxConfig config, V1.UserNamespace users) => Security(config).NamespaceOptions = new V1.NamespaceOption { UsernsOptions = users };

    private static V1.IDMapping Mapping(uint inside, uint outside, uint length) => new() { ContainerId = inside, HostId = outside, Length = length };

    private static V1.PodSandboxConfig Right() => new()
    {
        Metadata = new V1.PodSandboxMetadata { Name = "web", Namespace = "default", Uid = "1" }, Linux = new V1.LinuxPodSandboxConfig(),
    };

    private static V1.LinuxSandboxSecurityContext Security(V1.PodSandboxConfig config) => config.Linux.SecurityContext ??= new V1.LinuxSandboxSecurityContext();
}
