using System.Text.Json;
using Ocid.Networking.Plugins;
using Ocid.Primitives;

namespace Ocid.Networking.Tests.Plugins;

public sealed class PluginResultTests
{
    [Fact]
    public void The_first_address_of_each_family_comes_first() =>
        Read("""{"ips":[{"address":"10.0.0.2/24"},{"address":"10.0.0.3/24"},{"address":"fd00::2/64"}]}""").Addresses
            .Select(one => one.ToString()).Should().Equal("10.0.0.2", "fd00::2", "10.0.0.3");

    [Fact]
    public void Interfaces_routes_and_dns_are_read_from_0_4_0()
    {
        var read = Read("""
            {"cniVersion":"0.4.0","interfaces":[{"name":"eth0","mac":"02:00:00:00:00:01","sandbox":"/x"}],
             "ips":[{"version":"4","interface":0,"address":"10.0.0.2/24","gateway":"10.0.0.1"}],
             "routes":[{"dst":"0.0.0.0/0"},{"dst":"10.9.0.0/16","gw":"10.0.0.9"}],
             "dns":{"nameservers":["10.0.0.10"],"domain":"a.b","search":["b"],"options":["ndots:5"]}}
            """);
        read.Interfaces.Should().Equal(new NetworkInterface("eth0", "02:00:00:00:00:01", "/x"));
        read.Routes.Should().Equal(new NetworkRoute("0.0.0.0/0", null), new NetworkRoute("10.9.0.0/16", "10.0.0.9"));
        read.Dns.Servers.Should().Equal("10.0.0.10");
        read.Dns.Options.Should().Equal("ndots:5");
    }

    [Fact]
    public void A_result_without_addresses_is_fine() => Read("{}").Addresses.Should().BeEmpty();

    [Fact]
    public void Rubbish_for_an_address_is_named() =>
        FluentActions.Invoking(() => Read("""{"ips":[{"address":"x"}]}""")).Should().Throw<OcidException>().WithMessage("*\"x\" is no address");

    private static NetworkAttachment Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return PluginResult.Read(PodSandboxId.New(), "net", document.RootElement.Clone());
    }
}
