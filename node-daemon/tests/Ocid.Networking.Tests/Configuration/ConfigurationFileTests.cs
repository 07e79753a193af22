using System.Text;
using Ocid.Networking.Configuration;
using Ocid.Primitives;

namespace Ocid.Networking.Tests.Configuration;

public sealed class ConfigurationFileTests
{
    [Fact]
    public void One_plugin_alone_is_a_chain_of_one()
    {
        var network = Parse("""{ "cniVersion": "0.3.1", "name": "a", "type": "bridge", "capabilities": { "mac": true, "ips": false } }""");
        network.Plugins.Should().ContainSingle().Which.Capabilities.Should().Equal("mac");
        network.Version.DelTakesResult.Should().BeFalse();
    }

    [Theory]
    [InlineData("""{ "cniVersion": "1.0.0", "plugins": [{ "type": "x" }] }""", "name is missing")]
    [InlineData("""{ "cniVersion": "1.0.0", "name": "../a", "plugins": [{ "type": "x" }] }""", "name \"../a\" is not valid")]
    [InlineData("""{ "cniVersion": "1.0.0", "name": "a", "plugins": [] }""", "plugins is empty or no list")]
    [InlineData("""{ "cniVersion": "1.0.0", "name": "a", "plugins": [{}] }""", "a plugin has no type")]
    [InlineData("""{ "cniVersion": "1.0.0", "name": "a", "plugins": [{ "type": "../../bin/sh" }] }""", "plugin type \"../../bin/sh\" is not a file name")]
    [InlineData("""{ "cniVersion": "1.0.0", "name": "a", "plugins": [{ "type": ".." }] }""", "plugin type \"..\" is not a file name")]
    [InlineData("""{ "cniVersion": "9.0.0", "name": "a", "type": "x" }""", "cniVersion \"9.0.0\" is not supported*")]
    [InlineData("""{ "name": "a", "type": "x" }""", "cniVersion \"0.1.0\" is not supported*")]
    [InlineData("[]", "not a JSON object")]
    [InlineData("", "not JSON: *")]
    public void What_is_wrong_is_said(string text, string message) =>
        FluentActions.Invoking(() => Parse(text)).Should().Throw<OcidException>().WithMessage(message);

    [Fact]
    public void The_default_network_is_valid() =>
        ConfigurationFile.Parse(Encoding.UTF8.GetBytes(DefaultNetwork.Configuration)).Name.Should().Be("ocid");

    private static NetworkConfiguration Parse(string text) => ConfigurationFile.Parse(Encoding.UTF8.GetBytes(text));
}
