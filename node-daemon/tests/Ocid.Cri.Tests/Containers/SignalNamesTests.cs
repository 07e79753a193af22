using Ocid.Cri.Containers;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.Containers;

public sealed class SignalNamesTests
{
    [Theory]
    [InlineData("", 15)]
    [InlineData("SIGQUIT", 3)]
    [InlineData("quit", 3)]
    [InlineData("9", 9)]
    [InlineData("SIGRTMIN+3", 37)]
    [InlineData("RTMAX-1", 63)]
    public void An_images_stop_signal_is_a_name_or_a_number(string image, int number) =>
        SignalNames.Resolve(V1.Signal.RuntimeDefault, image).Should().Be(number);

    [Fact]
    public void The_request_wins_over_the_image() => SignalNames.Resolve(V1.Signal.Sigusr1, "SIGQUIT").Should().Be(10);

    [Theory]
    [InlineData("SIGNOPE")]
    [InlineData("0")]
    [InlineData("65")]
    public void What_is_no_signal_is_refused(string image) =>
        FluentActions.Invoking(() => SignalNames.Resolve(V1.Signal.RuntimeDefault, image)).Should().Throw<OcidException>();

    [Fact]
    public void Every_signal_of_the_wire_has_a_number_that_leads_back()
    {
        foreach (var signal in Enum.GetValues<V1.Signal>().Except([V1.Signal.RuntimeDefault]))
            SignalNames.ToMessage(SignalNames.Resolve(signal, "")).Should().BeOneOf(signal, V1.Signal.Sigchld, V1.Signal.Sigabrt, V1.Signal.Sigio);
    }
}
