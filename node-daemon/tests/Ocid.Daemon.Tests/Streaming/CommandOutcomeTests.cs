using System.Text;
using Ocid.Daemon.Streaming;
using Ocid.Primitives;

namespace Ocid.Daemon.Tests.Streaming;

public sealed class CommandOutcomeTests
{
    [Theory]
    [InlineData("""{"status":"Success"}""", 0)]
    [InlineData("""{"metadata":{},"status":"Failure","message":"x","reason":"NonZeroExitCode","details":{"causes":[{"reason":"ExitCode","message":"137"}]}}""", 137)]
    public void The_exit_code_is_read(string status, int code) => CommandOutcome.ExitCode(Encoding.UTF8.GetBytes(status)).Should().Be(code);

    [Theory]
    [InlineData("", "closed the connection")]
    [InlineData("""{"status":"Failure","message":"broken"}""", "broken")]
    [InlineData("""{"status":"Failure","message":"m","reason":"InternalError","details":{"causes":[{"message":"no such program"}]}}""", "no such program")]
    [InlineData("""{"status":"Failure","message":"m","reason":"NonZeroExitCode","details":{"causes":[{"message":"many"}]}}""", "many")]
    public void What_is_no_exit_code_is_a_failure(string status, string message) =>
        FluentActions.Invoking(() => CommandOutcome.ExitCode(Encoding.UTF8.GetBytes(status))).Should().Throw<OcidException>().WithMessage($"*{message}*");
}
