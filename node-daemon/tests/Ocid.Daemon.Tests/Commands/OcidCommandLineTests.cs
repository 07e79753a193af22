using Ocid.Daemon.Commands;

namespace Ocid.Daemon.Tests.Commands;

public sealed class OcidCommandLineTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_missing_daemon_is_one_clear_line()
    {
        var (code, output, error) = await RunAsync("pods", "--runtime-endpoint", $"unix://{_directory.At("no.sock")}");

        code.Should().Be(1);
        output.Should().BeEmpty();
        error.Should().Be($"ocid: cannot reach ocid at unix://{_directory.At("no.sock")}: no such socket (is `ocid serve` running?)\n");
    }

    [Fact]
    public async Task The_configuration_says_where_the_daemon_is()
    {
        var file = _directory.Write("ocid.toml", $"run_dir = '{_directory.At("run")}'");

        (await RunAsync("--config", file, "ps")).Error.Should().Contain($"unix://{_directory.At("run/ocid.sock")}");
        (await RunAsync("ps", "--config", file, "--set", "api.listen=/other.sock")).Error.Should().Contain("unix:///other.sock");
    }

    [Theory]
    [InlineData("pood", "unknown verb 'pood' (did you mean pods?)")]
    [InlineData("config validat", "unknown verb 'validat' (did you mean validate?)")]
    [InlineData("stop", "required argument missing for command: 'stop'")]
    [InlineData("ps --output xml", "argument 'xml' not recognized. Must be one of:")]
    public async Task Wrong_usage_exits_2_with_a_hint(string arguments, string complaint)
    {
        var (code, _, error) = await RunAsync(arguments.Split(' '));

        code.Should().Be(2);
        error.Should().StartWith($"ocid: {complaint}").And.Contain("--help`");
    }

    [Fact]
    public async Task Every_verb_has_help_and_most_have_examples()
    {
        foreach (var verb in new[] { "serve", "monitor", "status", "config", "pull", "push", "inspect", "images", "rmi", "image", "sign", "verify", "key", "run", "pods", "ps", "logs", "exec", "attach", "port-forward", "stop", "rm", "agent", "apply", "node" })
        {
            var (code, output, _) = await RunAsync(verb, "--help");
            code.Should().Be(0);
            output.Should().Contain("Usage:").And.Contain($"Examples:\n  ocid {verb}");
        }
    }

    [Fact]
    public async Task Configuration_errors_are_a_line_each()
    {
        var file = _directory.Write("ocid.toml", "lisen = 1\nlog_level = 'x'");

        var (code, _, error) = await RunAsync("config", "validate", "--config", file);

        code.Should().Be(1);
        error.Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().HaveCount(2).And.OnlyContain(line => line.StartsWith($"ocid: {file}:"));
    }

    [Fact]
    public async Task A_manifest_with_errors_never_reaches_the_daemon()
    {
        var file = _directory.Write("pod.yaml", "kind: Pod\nspec: {containers: []}\nmetadata: {name: x}");

        var (code, _, error) = await RunAsync("run", file);

        code.Should().Be(1);
        error.Should().Be($"ocid: {file}:2:8: spec.containers: is required\n".Replace("2:8", "2:20"));
    }

    [Fact]
    public async Task Exec_keeps_125_for_what_is_not_the_command() =>
        (await RunAsync("exec", "-r", "/no.sock", "x", "--", "true")).Code.Should().Be(125);

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await OcidCommandLine.RunAsync(arguments, new Terminal(output, error, IsInteractive: false));
        return (code, output.ToString(), error.ToString());
    }
}
