using System.Diagnostics;
using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Obligations;

public sealed class ExecTests(SharedNode shared) : ObligationTests(shared), IClassFixture<SharedNode>
{
    [SkippableFact]
    public async Task When_the_time_is_up_the_whole_process_tree_is_gone_and_the_status_is_DeadlineExceeded()
    {
        var (pod, id) = await RunAsync();

        var failure = await SharedNode.FailureAsync(() => Runtime.ExecSyncAsync(new ExecSyncRequest { ContainerId = id, Cmd = { "sh", "-c", "sleep 777 & setsid sleep 777 & sleep 777" }, Timeout = 1 }));

        failure.StatusCode.Should().Be(StatusCode.DeadlineExceeded);
        await Eventually.IsTrueAsync("the tree is gone", async () => (await pod.ExecAsync(id, "sh", "-c", "ps -o args | grep -c '[s]leep 777'")).Stdout.ToStringUtf8() == "0\n");
    }

    [SkippableFact]
    public async Task A_grandchild_that_holds_the_output_open_does_not_hang_the_call()
    {
        var (pod, id) = await RunAsync();
        var clock = Stopwatch.StartNew();

        var result = await pod.ExecAsync(id, "sh", "-c", "sleep 600 & echo done");

        result.Stdout.ToStringUtf8().Should().Be("done\n");
        clock.Elapsed.Should().BeLessThan(TimeSpan.FromMinutes(5));
    }

    [SkippableTheory]
    [InlineData("head -c 20000000 /dev/zero", 16 << 20, 0)]
    [InlineData("head -c 20000000 /dev/zero; head -c 20000000 /dev/zero >&2", 8 << 20, 8 << 20)]
    [InlineData("head -c 20000000 /dev/zero; head -c 1000000 /dev/zero >&2", (16 << 20) - 1_000_000, 1_000_000)]
    public async Task Output_that_is_more_than_a_message_takes_is_cut(string script, int output, int error)
    {
        var (pod, id) = await RunAsync();

        var result = await pod.ExecAsync(id, "sh", "-c", script);

        result.ExitCode.Should().Be(0);
        result.Stdout.Length.Should().BeInRange(output - 4096, output);
        result.Stderr.Length.Should().BeInRange(Math.Max(0, error - 4096), error);
    }

    [SkippableFact]
    public async Task An_exec_has_the_containers_user_groups_and_environment()
    {
        var pod = await Shared.PodAsync();
        var container = Shared.Sleeper();
        container.Linux.SecurityContext.RunAsUser = new Int64Value { Value = 1000 };
        container.Linux.SecurityContext.RunAsGroup = new Int64Value { Value = 1001 };
        container.Envs.Add(new KeyValue { Key = "A", Value = Google.Protobuf.ByteString.CopyFromUtf8("b c") });
        var id = await pod.StartAsync(container);

        (await pod.ExecAsync(id, "sh", "-c", "id -u; id -g; echo $A")).Stdout.ToStringUtf8().Should().Be("1000\n1001\nb c\n");
    }

    [SkippableFact]
    public async Task An_exec_needs_a_running_container_and_a_command()
    {
        var pod = await Shared.PodAsync();
        var id = await pod.CreateAsync(Shared.Sleeper());

        (await SharedNode.FailureAsync(() => Runtime.ExecSyncAsync(new ExecSyncRequest { ContainerId = id, Cmd = { "true" } }))).StatusCode.Should().Be(StatusCode.FailedPrecondition);
        await Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id });
        (await SharedNode.FailureAsync(() => Runtime.ExecSyncAsync(new ExecSyncRequest { ContainerId = id }))).StatusCode.Should().Be(StatusCode.InvalidArgument);
    }

    [SkippableFact]
    public async Task A_streaming_URL_is_good_once_and_a_terminal_excludes_stderr()
    {
        var (_, id) = await RunAsync();

        var url = (await Runtime.ExecAsync(new ExecRequest { ContainerId = id, Cmd = { "true" }, Stdout = true })).Url;
        var other = (await Runtime.ExecAsync(new ExecRequest { ContainerId = id, Cmd = { "true" }, Stdout = true })).Url;

        url.Should().StartWith("http://127.0.0.1:").And.NotBe(other);
        (await SharedNode.FailureAsync(() => Runtime.ExecAsync(new ExecRequest { ContainerId = id, Cmd = { "true" }, Tty = true, Stdout = true, Stderr = true }))).StatusCode.Should().Be(StatusCode.InvalidArgument);
    }

    private async Task<(TestPod Pod, string Id)> RunAsync()
    {
        var pod = await Shared.PodAsync();
        return (pod, await pod.StartAsync(Shared.Sleeper()));
    }
}
