using System.Text;
using Ocid.Streaming.Commands;

namespace Ocid.Streaming.Tests.Commands;

public sealed class CommandStatusTests
{
    [Fact]
    public void Success_is_told_in_JSON() => Json(new CommandStatus(0)).Should().Be("""{"status":"Success"}""");

    [Fact]
    public void An_exit_code_is_a_cause_that_clients_look_for() => Json(new CommandStatus(3)).Should().Be(
        """{"status":"Failure","message":"command terminated with non-zero exit code: exit status 3","reason":"NonZeroExitCode","details":{"causes":[{"message":"3","reason":"ExitCode"}]}}""");

    [Fact]
    public void A_failure_has_its_message_and_the_code_of_a_server_error() =>
        Json(new CommandStatus(0, "no program")).Should().Contain("\"reason\":\"InternalError\"").And.Contain("no program").And.Contain("\"code\":500");

    [Fact]
    public void Older_clients_are_told_failures_only()
    {
        new CommandStatus(0).ToText().Should().BeEmpty();
        Encoding.UTF8.GetString(new CommandStatus(3).ToText()).Should().Be("command terminated with non-zero exit code: exit status 3");
    }

    private static string Json(CommandStatus status) => Encoding.UTF8.GetString(status.ToJson());
}
