using Ocid.Cri.State;
using Ocid.Primitives;

namespace Ocid.Cri.Tests.State;

public sealed class ThisNodeTests
{
    [Fact]
    public async Task Work_that_is_carried_out_is_cut_off_by_the_end_of_the_daemon()
    {
        using var stopping = new CancellationTokenSource();
        var node = new ThisNode(new StatePaths("/none", "/none"), "b", null!, TimeProvider.System, stopping.Token);
        var work = node.CarryOutAsync("remove container c", ct => Task.Delay(Timeout.Infinite, ct));

        await stopping.CancelAsync();

        var cut = (await FluentActions.Awaiting(() => work).Should().ThrowAsync<OcidException>()).Which;
        cut.Kind.Should().Be(ErrorKind.Aborted);
        cut.Message.Should().StartWith("remove container c: ");
    }
}
