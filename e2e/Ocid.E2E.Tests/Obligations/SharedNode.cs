using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Obligations;

/// <summary>One node for all tests of a class; at the end it is stopped, and nothing may be left.</summary>
public sealed class SharedNode(TestMachine machine) : IAsyncLifetime
{
    private TestNode? node;
    private int pods;

    public TestNode Node => node ?? throw new InvalidOperationException("the machine cannot run a node");

    public string Busybox => machine.Busybox;

    /// <summary>The image's id, as PullImage answered.</summary>
    public string ImageRef { get; private set; } = "";

    public async Task InitializeAsync()
    {
        if (NodeRequirements.Missing() is not null)
            return;
        node = await TestNode.StartAsync(new TestNodeOptions { Registry = machine.Registry });
        ImageRef = await node.PullAsync(Busybox);
    }

    public async Task DisposeAsync()
    {
        if (node is null)
            return;
        await using (node)
            await node.StopAsync();
    }

    /// <summary>A pod of its own for a test.</summary>
    public Task<TestPod> PodAsync(Action<PodSandboxConfig>? change = null)
    {
        var config = PodRequests.Sandbox(Node, $"pod-{Interlocked.Increment(ref pods)}");
        change?.Invoke(config);
        return TestPod.RunAsync(Node, config);
    }

    public ContainerConfig Script(string name, string script) => PodRequests.Script(name, Busybox, script);

    public ContainerConfig Sleeper(string name = "sleeper") => PodRequests.Container(name, Busybox, "sleep", "1000");

    /// <summary>What a container printed, once it has ended.</summary>
    public async Task<IReadOnlyList<string>> OutputAsync(TestPod pod, ContainerConfig container)
    {
        var id = await pod.StartAsync(container);
        await pod.ExitedAsync(id);
        return pod.Log(container).Messages();
    }

    /// <summary>The failure of a call.</summary>
    public static async Task<Status> FailureAsync<T>(Func<AsyncUnaryCall<T>> call) =>
        (await FluentActions.Awaiting(async () => await call()).Should().ThrowAsync<RpcException>()).Which.Status;
}
