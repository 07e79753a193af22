using Ocid.Daemon.Commands;
using Ocid.Testing;

namespace Ocid.Daemon.Tests.Commands;

public sealed class InspectFormatTests : IDisposable
{
    private static readonly string[] s_templates =
    [
        "{{.Name}}", "{{.Digest}}", "{{.Architecture}}/{{.Os}}", "{{.Created}}", "{{json .Created}}", "{{.Labels}}", "{{json .Labels}}", "{{json .RepoTags}}", "{{.RepoTags}}",
        "{{range .Layers}}{{.}}\\n{{end}}", "{{range $i, $e := .Env}}{{$i}}: {{$e}}\\n{{end}}", "{{index .Labels \"dev.ocid.test\"}}", "{{index .Layers 0}}", "{{len .Layers}}",
        "{{if .DockerVersion}}docker{{else}}other{{end}}", "{{join .Env \" \"}}", "{{.Name | upper}}", "{{with .Labels}}{{json .}}{{end}}", "{{.Env}}", "{{print 1 true .Os}}",
    ];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [SkippableFact]
    public async Task A_template_prints_what_skopeo_prints()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");
        var missing = Tool.FirstMissing("docker-registry", "skopeo", "umoci");
        Skip.If(missing is not null, $"needs {missing}");
        var skopeo = NewerDebian.Find("skopeo"); // Debian 12's has no functions
        Skip.If(skopeo is null, "needs skopeo of Debian 13: scripts/newer-debian-programs");
        await using var registry = await LocalRegistry.StartAsync();
        var image = await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox");

        foreach (var template in s_templates)
        {
            (await InspectAsync("--tls-verify=false", "--format", template, $"docker://{image}"))
                .Should().Be((0, await Tool.RunAsync(skopeo!, "inspect", "--tls-verify=false", "--format", template, $"docker://{image}"), ""), "of {0}", template);
        }
    }

    [SkippableFact]
    public async Task What_makes_no_sense_is_one_line_before_anything_is_looked_at()
    {
        Skip.IfNot(Environment.IsPrivilegedProcess, "needs root");

        (await InspectAsync("--format", "{{.Digest", "none")).Should().Be((1, "", "ocid: --format: column 1: this {{ has no }}\n"));
        (await InspectAsync("--format", "json", "--raw", "none")).Should().Be((1, "", "ocid: inspect: --format is for the description: not with --raw or --config\n"));
    }

    private async Task<(int Code, string Output, string Error)> InspectAsync(params string[] arguments)
    {
        var (output, error) = (new StringWriter { NewLine = "\n" }, new StringWriter { NewLine = "\n" });
        var code = await OcidCommandLine.RunAsync(["inspect", "--root", _directory.At("root"), "--runroot", _directory.At("runroot"), .. arguments], new Terminal(output, error, IsInteractive: false));
        return (code, output.ToString(), error.ToString());
    }
}
