using Ocid.Daemon.Streaming;
using Ocid.Primitives;

namespace Ocid.Daemon.Tests.Streaming;

public sealed class PortMappingTests
{
    [Theory]
    [InlineData("80", 80, 80)]
    [InlineData("8080:80", 8080, 80)]
    [InlineData(":80", 0, 80)]
    public void Ports_are_read_as_kubectl_reads_them(string text, int local, int remote) => PortMapping.Parse(text).Should().Be(new PortMapping(local, remote));

    [Theory]
    [InlineData("")]
    [InlineData(":")]
    [InlineData("0")]
    [InlineData("80:")]
    [InlineData("80:0")]
    [InlineData("65536")]
    [InlineData("-1:80")]
    [InlineData("1:2:3")]
    [InlineData("http")]
    public void Others_are_refused(string text) => FluentActions.Invoking(() => PortMapping.Parse(text)).Should().Throw<OcidException>().Which.Kind.Should().Be(ErrorKind.InvalidArgument);
}
