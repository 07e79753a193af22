using Ocid.Cri.Pods;

namespace Ocid.Cri.Tests.Pods;

public sealed class PodFilesTests
{
    [Fact]
    public void Dns_config_becomes_resolv_conf() =>
        PodFiles.ResolvConf(new V1.DNSConfig { Servers = { "10.0.0.10", "10.0.0.11" }, Searches = { "a.svc", "svc" }, Options = { "ndots:5" } })
            .Should().Be("search a.svc svc\nnameserver 10.0.0.10\nnameserver 10.0.0.11\noptions ndots:5\n");

    [Fact]
    public void No_dns_config_means_the_hosts_file() => PodFiles.ResolvConf(new V1.DNSConfig()).Should().BeNull();

    [Fact]
    public void Hosts_names_the_pod_at_each_of_its_addresses() =>
        PodFiles.Hosts("web", ["10.1.2.3", "fd00::3"]).Should().Contain("127.0.0.1\tlocalhost\n").And.EndWith("10.1.2.3\tweb\nfd00::3\tweb\n");
}
