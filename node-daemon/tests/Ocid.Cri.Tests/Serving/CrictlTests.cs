using System.Diagnostics;
using Ocid.Cri.V1;

namespace Ocid.Cri.Tests.Serving;

public sealed class CrictlTests
{
    private static readonly string? Crictl = new[] { "/opt/peers/bin/crictl", "/usr/local/bin/crictl", "/usr/bin/crictl" }.FirstOrDefault(File.Exists);

    [SkippableTheory]
    [InlineData("version", "RuntimeName:  ocid")]
    [InlineData("info", "\"RuntimeReady\"")]
    [InlineData("imagefsinfo", "/var/lib/store")]
    public async Task Crictl_connects_and_understands(string command, string expected)
    {
        Skip.If(Crictl is null, "needs crictl");
        await using var server = await RunningServer.StartAsync(WhatCrictlProbes());

        var (exitCode, output, error) = await RunAsync("--runtime-endpoint", "unix://" + server.SocketPath, command);

        error.Should().NotContain("level=error").And.NotContain("level=fatal");
        output.Should().Contain(expected);
        exitCode.Should().Be(0);
    }

    private static CriCalls WhatCrictlProbes() => new CriCalls()
        .Add(new AnsweredBy<StatusRequest, StatusResponse>((_, _) => Task.FromResult(new StatusResponse
        {
            Status = new RuntimeStatus { Conditions = { Ready("RuntimeReady"), Ready("NetworkReady") } },
        })))
        .Add(new AnsweredBy<RuntimeConfigRequest, RuntimeConfigResponse>((_, _) => Task.FromResult(new RuntimeConfigResponse())))
        .Add(new AnsweredBy<ImageFsInfoRequest, ImageFsInfoResponse>((_, _) => Task.FromResult(new ImageFsInfoResponse
        {
            ImageFilesystems = { new FilesystemUsage { Timestamp = 1, FsId = new FilesystemIdentifier { Mountpoint = "/var/lib/store" } } },
        })));

    private static RuntimeCondition Ready(string condition) => new() { Type = condition, Status = true };

    private static async Task<(int ExitCode, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Crictl!, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        return (process.ExitCode, await output, await error);
    }
}
