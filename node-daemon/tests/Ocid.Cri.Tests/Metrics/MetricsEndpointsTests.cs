using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Grpc.Core;
using Ocid.Cri.Tests.Serving;
using Ocid.Cri.V1;

namespace Ocid.Cri.Tests.Metrics;

public sealed class MetricsEndpointsTests
{
    [Fact]
    public async Task Calls_are_counted_by_operation()
    {
        await using var server = await RunningServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.MetricsAddress };
        await server.Runtime.VersionAsync(new VersionRequest());
        await server.Runtime.StatusAsync(new StatusRequest()).ResponseAsync.Awaiting(task => task).Should().ThrowAsync<RpcException>();

        var text = await http.GetStringAsync("metrics");

        text.Should().Contain("ocid_operations_total{operation=\"Version\"} 1\n");
        text.Should().Contain("ocid_operations_latency_seconds_count{operation=\"Version\"} 1\n");
        text.Should().Contain("ocid_operations_errors_total{operation=\"Status\"} 1\n");
        text.Should().Contain("ocid_build_info{version=\"");
        text.Should().MatchRegex("process_resident_memory_bytes [0-9]{7,}\n");
    }

    [SkippableFact]
    public async Task The_metrics_please_promtool()
    {
        Skip.IfNot(File.Exists("/usr/bin/promtool"), "needs promtool (Debian package prometheus)");
        await using var server = await RunningServer.StartAsync();
        using var http = new HttpClient { BaseAddress = server.MetricsAddress };
        await server.Runtime.VersionAsync(new VersionRequest());

        using var promtool = Process.Start(new ProcessStartInfo("/usr/bin/promtool", ["check", "metrics"])
        {
            RedirectStandardInput = true,
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        })!;
        await promtool.StandardInput.WriteAsync(await http.GetStringAsync("metrics"));
        promtool.StandardInput.Close();
        await promtool.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));

        (await promtool.StandardError.ReadToEndAsync()).Should().BeEmpty();
        promtool.ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Ready_says_why_not()
    {
        string? reason = "no network configuration";
        await using var server = await RunningServer.StartAsync(
            adjust: options => options with { WhyNotReady = _ => ValueTask.FromResult<string?>(reason) });
        using var http = new HttpClient { BaseAddress = server.MetricsAddress };

        var before = await http.GetAsync("readyz");
        reason = null;
        var after = await http.GetAsync("readyz");

        before.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        (await before.Content.ReadAsStringAsync()).Should().Be("no network configuration\n");
        after.StatusCode.Should().Be(HttpStatusCode.OK);
        (await http.GetStringAsync("healthz")).Should().Be("ok\n");
    }

    [Fact]
    public async Task A_metrics_port_in_use_does_not_keep_the_server_from_serving_pods()
    {
        using var taken = new TcpListener(IPAddress.Loopback, 0);
        taken.Start();

        await using var server = await RunningServer.StartAsync(
            adjust: options => options with { MetricsEndpoint = (IPEndPoint)taken.LocalEndpoint });

        (await server.Runtime.VersionAsync(new VersionRequest())).RuntimeName.Should().Be("ocid");
        server.Logs.All.Should().ContainSingle(line => line.Text.StartsWith("metrics are not served"));
    }
}
