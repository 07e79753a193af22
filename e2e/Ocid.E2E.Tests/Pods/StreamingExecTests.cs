using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Ocid.Cri.V1;
using Ocid.E2E.Machine;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing.Streaming;

namespace Ocid.E2E.Tests.Pods;

public sealed class StreamingExecTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableTheory]
    [InlineData("runc")]
    [InlineData("crun")]
    public async Task Exec_has_both_outputs_the_exit_code_and_the_signal(string runtime)
    {
        await using var node = await StartNodeAsync(new TestNodeOptions { Runtime = runtime });
        var (_, id) = await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));

        (await RunAsync(node, id, "echo out; echo err >&2; exit 7")).Should().Be(("out\n", "err\n", 7));
        (await RunAsync(node, id, "kill -KILL $$")).Code.Should().Be(137);
        (await RunAsync(node, id, "true")).Code.Should().Be(0);
        var (client, streams) = await node.ExecAsync(new ExecRequest { ContainerId = id, Cmd = { "missing" }, Stdout = true });
        await using (client)
            (await streams["error"].ReadTextAsync().WaitAsync(StreamingRequests.Limit)).Should().Contain("executable file").And.Contain("InternalError");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_hundred_megabytes_pass_both_ways_and_the_end_of_the_input_is_seen()
    {
        await using var node = await StartNodeAsync();
        var (_, id) = await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));
        var bytes = RandomNumberGenerator.GetBytes(100 * 1000 * 1000);

        var (client, streams) = await node.ExecAsync(new ExecRequest { ContainerId = id, Cmd = { "cat" }, Stdin = true, Stdout = true });
        await using (client)
        {
            var sending = SendAsync(streams["stdin"], bytes);
            using var sha = SHA256.Create();
            (await sha.ComputeHashAsync(streams["stdout"].Input).WaitAsync(StreamingRequests.Limit)).Should().Equal(SHA256.HashData(bytes));
            await sending;
            (await streams["error"].ReadTextAsync()).Should().Contain("Success");
        }

        using var socket = await StreamingRequests.WebSocketAsync(await node.ExecUrlAsync(new ExecRequest { ContainerId = id, Cmd = { "sha256sum" }, Stdin = true, Stdout = true }));
        for (var sent = 0; sent < bytes.Length; sent += 100_000)
            await socket.SendAsync(new ReadOnlyMemory<byte>([0, .. bytes.AsSpan(sent, 100_000)]), WebSocketMessageType.Binary, true, CancellationToken.None);
        await socket.SendAsync(new ReadOnlyMemory<byte>([255, 0]), WebSocketMessageType.Binary, true, CancellationToken.None);
        Encoding.ASCII.GetString((await socket.ReadAllAsync())[1].ToArray()).Should().StartWith(Convert.ToHexStringLower(SHA256.HashData(bytes)));
        await node.StopAsync();
    }

    [SkippableTheory]
    [InlineData("runc")]
    [InlineData("crun")]
    public async Task A_terminal_takes_on_the_clients_size_and_passes_its_keys(string runtime)
    {
        await using var node = await StartNodeAsync(new TestNodeOptions { Runtime = runtime });
        var (pod, id) = await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));

        var (client, streams) = await node.ExecAsync(new ExecRequest { ContainerId = id, Cmd = { "sh" }, Stdin = true, Stdout = true, Tty = true });
        await using (client)
        {
            await streams["resize"].SendAsync("{\"Width\":123,\"Height\":45}");
            var shown = new StringBuilder();
            await Eventually.IsTrueAsync("the size", async () =>
            {
                await streams["stdin"].SendAsync("stty size\n");
                return await ReadUntilAsync(streams["stdout"], shown, "45 123");
            });
            await streams["stdin"].SendAsync("sleep 4321\n");
            // Before that the shell reads keys itself, and an interrupt is one of them.
            await Eventually.IsTrueAsync("the command runs", async () => (await ProcessesAsync(pod, id)).Contains("sleep 4321", StringComparison.Ordinal));
            await streams["stdin"].SendAsync("\u0003");
            await streams["stdin"].SendAsync("echo interrupted with $?\n");
            await Eventually.IsTrueAsync("the interrupt", () => ReadUntilAsync(streams["stdout"], shown, "interrupted with 130"));
            await streams["stdin"].SendAsync("exit 9\n");
            (await streams["error"].ReadTextAsync().WaitAsync(StreamingRequests.Limit)).Should().Contain("\"message\":\"9\"");
        }

        await node.StopAsync();
    }

    [SkippableTheory]
    [InlineData("runc")]
    [InlineData("crun")]
    public async Task A_command_finds_its_terminal_in_the_size_that_the_client_sent_at_once(string runtime)
    {
        await using var node = await StartNodeAsync(new TestNodeOptions { Runtime = runtime });
        var (_, id) = await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));

        var (client, streams) = await node.ExecAsync(new ExecRequest { ContainerId = id, Cmd = { "stty", "size" }, Stdout = true, Tty = true });
        await using (client)
        {
            await streams["resize"].SendAsync("{\"Width\":123,\"Height\":45}");
            (await streams["stdout"].ReadTextAsync().WaitAsync(StreamingRequests.Limit)).Trim().Should().Be("45 123");
        }

        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_client_that_leaves_takes_its_command_with_it_and_a_grandchild_does_not_hold_one_up()
    {
        await using var node = await StartNodeAsync();
        var (pod, id) = await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));

        var (client, _) = await node.ExecAsync(new ExecRequest { ContainerId = id, Cmd = { "sh", "-c", "sleep 4321 & sleep 4321" }, Stdout = true });
        await Eventually.IsTrueAsync("the command runs", async () => (await ProcessesAsync(pod, id)).Contains("sleep 4321", StringComparison.Ordinal));
        await client.DisposeAsync();
        await Eventually.IsTrueAsync("the command is gone", async () => !(await ProcessesAsync(pod, id)).Contains("sleep 4321", StringComparison.Ordinal));

        (await RunAsync(node, id, "sleep 1000 & echo done")).Should().Be(("done\n", "", 0));
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_reader_that_stalls_stops_the_command_and_the_daemon_does_not_grow()
    {
        await using var node = await StartNodeAsync();
        var (_, id) = await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));
        await RunAsync(node, id, "true");
        var before = Processes.ProportionalSetSize(node.Daemon.Id);

        var (client, _) = await node.ExecAsync(new ExecRequest { ContainerId = id, Cmd = { "yes" }, Stdout = true });
        client.Paused = true;
        await Task.Delay(3000);

        (Processes.ProportionalSetSize(node.Daemon.Id) - before).Should().BeLessThan(48 * 1024 * 1024);
        await client.DisposeAsync();
        await node.StopAsync();
    }

    private static async Task<string> ProcessesAsync(TestPod pod, string id) => (await pod.ExecAsync(id, "ps", "-o", "args")).Stdout.ToStringUtf8();

    private static async Task<(string Output, string Error, int Code)> RunAsync(TestNode node, string id, string script)
    {
        var (client, streams) = await node.ExecAsync(new ExecRequest { ContainerId = id, Cmd = { "sh", "-c", script }, Stdout = true, Stderr = true });
        await using (client)
        {
            var (output, error) = (streams["stdout"].ReadTextAsync(), streams["stderr"].ReadTextAsync());
            var status = await streams["error"].ReadTextAsync().WaitAsync(StreamingRequests.Limit);
            using var json = System.Text.Json.JsonDocument.Parse(status);
            var code = json.RootElement.GetProperty("status").GetString() == "Success"
                ? 0
                : int.Parse(json.RootElement.GetProperty("details").GetProperty("causes")[0].GetProperty("message").GetString()!, null);
            return (await output, await error, code);
        }
    }

    private static async Task SendAsync(SpdyTestChannel stream, byte[] bytes)
    {
        for (var sent = 0; sent < bytes.Length; sent += 50_000)
            await stream.SendAsync(bytes.AsMemory(sent, 50_000));
        await stream.FinishAsync();
    }

    private static async Task<bool> ReadUntilAsync(SpdyTestChannel stream, StringBuilder shown, string text)
    {
        var buffer = new byte[4096];
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        try
        {
            while (!shown.ToString().Contains(text, StringComparison.Ordinal))
                shown.Append(Encoding.UTF8.GetString(buffer, 0, await stream.Input.ReadAsync(buffer, limit.Token)));
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }
}
