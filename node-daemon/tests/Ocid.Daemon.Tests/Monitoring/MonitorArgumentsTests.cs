using Ocid.Daemon.Monitoring;
using Ocid.Primitives;

namespace Ocid.Daemon.Tests.Monitoring;

public sealed class MonitorArgumentsTests
{
    [Theory]
    [InlineData("", "/run/ocid/monitor.sock", null)]
    [InlineData("--socket /a", "/a", null)]
    [InlineData("--socket=/a --resume-fd 7", "/a", 7)]
    public void Flags_are_read_with_a_blank_or_an_equals_sign(string text, string socket, int? descriptor) =>
        MonitorArguments.Parse(text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Should().Be(new MonitorArguments(socket, descriptor));

    [Theory]
    [InlineData("--socket")]
    [InlineData("--socket relative")]
    [InlineData("--resume-fd x")]
    [InlineData("--sockets /a")]
    [InlineData("extra")]
    public void Anything_else_is_refused(string text)
    {
        var parse = () => MonitorArguments.Parse(text.Split(' '));

        parse.Should().Throw<OcidException>().Which.Kind.Should().Be(ErrorKind.InvalidArgument);
    }
}
