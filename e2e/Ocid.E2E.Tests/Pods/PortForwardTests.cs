using System.Security.Cryptography;
using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Pods;
using Ocid.E2E.Tests.Programs;

namespace Ocid.E2E.Tests.Pods;

public sealed class PortForwardTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task A_hundred_megabytes_pass_both_ways_through_a_port_inside_the_pod()
    {
        await using var node = await StartNodeAsync();
        var (pod, id) = await RunAsync(node, PodRequests.Container("echo", Busybox, "nc", "-ll", "-p", "7000", "-e", "cat"));
        await Eventually.IsTrueAsync("the port is open", async () => (await pod.ExecAsync(id, "netstat", "-tln")).Stdout.ToStringUtf8().Contains(":7000 ", StringComparison.Ordinal));
        var bytes = RandomNumberGenerator.GetBytes(100 * 1000 * 1000);

        var (client, data, error) = await node.ForwardAsync(pod.Id, 7000);
        await using (client)
        {
            var sending = SendAsync();
            using var sha = SHA256.Create();
            (await sha.ComputeHashAsync(data.Input).WaitAsync(StreamingRequests.Limit)).Should().Equal(SHA256.HashData(bytes));
            await sending;
            (await error.ReadTextAsync().WaitAsync(StreamingRequests.Limit)).Should().BeEmpty();
        }

        await node.StopAsync();

        async Task SendAsync()
        {
            for (var sent = 0; sent < bytes.Length; sent += 50_000)
                await data.SendAsync(bytes.AsMemory(sent, 50_000));
            await data.FinishAsync();
        }
    }

    [SkippableFact]
    public async Task A_pod_on_the_hosts_network_is_forwarded_to_and_a_closed_port_says_so()
    {
        await using var node = await StartNodeAsync();
        await node.PullAsync(Busybox);
        var port = FreePort.Find();
        var configuration = PodRequests.Sandbox(node, "host");
        configuration.Linux.SecurityContext.NamespaceOptions.Network = NamespaceMode.Node;
        var pod = await TestPod.RunAsync(node, configuration);
        var container = PodRequests.Container("echo", Busybox, "nc", "-ll", "-p", $"{port}", "-e", "cat");
        container.Linux.SecurityContext.NamespaceOptions.Network = NamespaceMode.Node;
        await pod.StartAsync(container);

        await Eventually.IsTrueAsync("an echo", async () =>
        {
            var (client, data, _) = await node.ForwardAsync(pod.Id, port);
            await using (client)
            {
                await data.SendAsync("hello", fin: true);
                try
                {
                    return await data.ReadTextAsync().WaitAsync(StreamingRequests.Limit) == "hello";
                }
                catch (IOException) // not listening yet
                {
                    return false;
                }
            }
        });

        var (refused, _, error) = await node.ForwardAsync(pod.Id, 1);
        await using (refused)
            (await error.ReadTextAsync().WaitAsync(StreamingRequests.Limit)).Should().Contain("error forwarding port 1 to pod").And.Contain("refused");
        await node.Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = pod.Id });
        await FluentActions.Awaiting(() => node.PortForwardUrlAsync(pod.Id, port)).Should().ThrowAsync<RpcException>().Where(e => e.StatusCode == StatusCode.FailedPrecondition);
        await node.StopAsync();
    }
}
