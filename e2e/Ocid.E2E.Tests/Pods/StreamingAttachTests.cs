using Ocid.Cri.V1;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Pods;

public sealed class StreamingAttachTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task An_attachment_has_input_and_outputs_and_ends_with_the_container()
    {
        await using var node = await StartNodeAsync();
        var container = PodRequests.Script("reader", Busybox, 
            "until [ -e /tmp/watched ]; do echo wait; sleep 0.1; done; echo go; while read line; do echo got $line; echo err $line >&2; done; echo over");
        (container.Stdin, container.StdinOnce) = (true, true);
        var (pod, id) = await RunAsync(node, container);

        var (watcher, seen) = await node.AttachAsync(new AttachRequest { ContainerId = id, Stdout = true });
        await seen["stdout"].Input.ReadExactlyAsync(new byte["wait\n".Length]).AsTask().WaitAsync(StreamingRequests.Limit);
        await pod.ExecAsync(id, "touch", "/tmp/watched");
        await container.WaitForLogAsync(pod, "go");
        var (client, streams) = await node.AttachAsync(new AttachRequest { ContainerId = id, Stdin = true, Stdout = true, Stderr = true });
        await using (watcher)
        await using (client)
        {
            await streams["stdin"].SendAsync("one\n");
            await container.WaitForLogAsync(pod, "got one");
            await streams["stdin"].SendAsync("two\n", fin: true);

            (await streams["stdout"].ReadTextAsync().WaitAsync(StreamingRequests.Limit)).Should().Be("got one\ngot two\nover\n");
            (await streams["stderr"].ReadTextAsync().WaitAsync(StreamingRequests.Limit)).Should().Be("err one\nerr two\n");
            (await streams["error"].ReadTextAsync().WaitAsync(StreamingRequests.Limit)).Should().Contain("Success");
            (await seen["stdout"].ReadTextAsync().WaitAsync(StreamingRequests.Limit)).Replace("wait\n", "", StringComparison.Ordinal)
                .Should().Be("go\ngot one\ngot two\nover\n");
        }

        (await pod.ExitedAsync(id)).ExitCode.Should().Be(0);
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_container_is_attached_to_after_daemon_and_monitor_were_killed()
    {
        await using var node = await StartNodeAsync();
        var container = PodRequests.Script("reader", Busybox, "while read line; do echo got $line; done");
        container.Stdin = true;
        var (pod, id) = await RunAsync(node, container);

        await node.KillDaemonAsync();
        await node.StartDaemonAsync();
        await ExchangeAsync("daemon");
        await node.Monitor.KillAsync();
        await ExchangeAsync("monitor");

        (await pod.ContainerAsync(id)).State.Should().Be(ContainerState.ContainerRunning, "its input stays open when a client leaves");
        await node.StopAsync();

        async Task ExchangeAsync(string word)
        {
            var (client, streams) = await node.AttachAsync(new AttachRequest { ContainerId = id, Stdin = true, Stdout = true });
            await using (client)
            {
                // Whoever attaches is told what is printed from then on.
                var answer = new byte[$"got {word}\n".Length];
                var reading = streams["stdout"].Input.ReadExactlyAsync(answer).AsTask();
                await Eventually.IsTrueAsync("an answer", async () =>
                {
                    await streams["stdin"].SendAsync($"{word}\n");
                    return await Task.WhenAny(reading, Task.Delay(1000)) == reading;
                });
                System.Text.Encoding.ASCII.GetString(answer).Should().Be($"got {word}\n");
            }
        }
    }

    [SkippableFact]
    public async Task A_containers_terminal_is_resized_and_typed_into()
    {
        await using var node = await StartNodeAsync();
        var container = PodRequests.Script("shell", Busybox, "while read line; do stty size; done");
        (container.Stdin, container.Tty) = (true, true);
        var (pod, id) = await RunAsync(node, container);

        var (client, streams) = await node.AttachAsync(new AttachRequest { ContainerId = id, Stdin = true, Stdout = true, Tty = true });
        await using (client)
        {
            await streams["resize"].SendAsync("{\"Width\":77,\"Height\":33}");
            await Eventually.IsTrueAsync("the size", async () =>
            {
                await streams["stdin"].SendAsync("\n");
                return pod.Log(container).Messages().Any(line => line.Contains("33 77", StringComparison.Ordinal));
            });
        }

        await node.StopAsync();
    }

    [SkippableFact]
    public async Task Input_of_a_container_that_has_none_is_refused()
    {
        await using var node = await StartNodeAsync();
        var (_, id) = await RunAsync(node, PodRequests.Container("sleeper", Busybox, "sleep", "1000"));

        var (client, streams) = await node.AttachAsync(new AttachRequest { ContainerId = id, Stdin = true, Stdout = true });
        await using (client)
            (await streams["error"].ReadTextAsync().WaitAsync(StreamingRequests.Limit)).Should().Contain("standard input is not open");
        await node.StopAsync();
    }
}
