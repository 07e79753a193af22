namespace Ocid.Operator.Tests.Commands;

public sealed class RunTests
{
    [Theory]
    [InlineData("--metrics-address", "8080", "--metrics-address: want address:port, or none")]
    [InlineData("--probe-address", "0.0.0.0", "--probe-address: want address:port, or none")]
    [InlineData("--release-after", "soon", "--release-after: want a time such as 90s, 5m or 1h")]
    public async Task An_option_that_is_wrong_is_told_with_what_is_wanted(string option, string value, string told)
    {
        var run = await CommandLine.RunAsync("run", option, value);

        run.Code.Should().Be(2);
        run.Error.Should().StartWith($"ocid-operator: {told}\n");
    }

    [Fact]
    public async Task Nobody_to_speak_to_is_one_line()
    {
        var run = await CommandLine.RunAsync("run", "--kubeconfig", "/nowhere", "--metrics-address", "none", "--probe-address", "none", "--release-after", "90s");

        run.Should().Be(new CommandLine(1, "", "ocid-operator: kubeconfig file not found at /nowhere\n"));
    }
}
