using Ocid.Cri.V1;
using Ocid.E2E.Nodes;

namespace Ocid.E2E.Pods;

/// <summary>A running sandbox and the calls that tests make on it.</summary>
public sealed class TestPod
{
    private readonly TestNode node;

    private TestPod(TestNode node, string id, PodSandboxConfig configuration)
    {
        this.node = node;
        Id = id;
        Configuration = configuration;
    }

    public string Id { get; }

    public PodSandboxConfig Configuration { get; }

    public static Task<TestPod> RunAsync(TestNode node, string name, string handler = "") =>
        RunAsync(node, PodRequests.Sandbox(node, name), handler);

    public static async Task<TestPod> RunAsync(TestNode node, PodSandboxConfig configuration, string handler = "")
    {
        var answer = await node.Runtime.RunPodSandboxAsync(new RunPodSandboxRequest { Config = configuration, RuntimeHandler = handler });
        return new TestPod(node, answer.PodSandboxId, configuration);
    }

    public async Task<PodSandboxStatus> StatusAsync() =>
        (await node.Runtime.PodSandboxStatusAsync(new PodSandboxStatusRequest { PodSandboxId = Id })).Status;

    public async Task<string> AddressAsync() => (await StatusAsync()).Network.Ip;

    public async Task<string> CreateAsync(ContainerConfig container) => (await node.Runtime.CreateContainerAsync(new CreateContainerRequest
    {
        PodSandboxId = Id,
        Config = container,
        SandboxConfig = Configuration,
    })).ContainerId;

    /// <summary>Creates and starts a container.</summary>
    public async Task<string> StartAsync(ContainerConfig container)
    {
        var id = await CreateAsync(container);
        await node.Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id });
        return id;
    }

    public async Task<ContainerStatus> ContainerAsync(string id) =>
        (await node.Runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = id })).Status;

    public Task<ContainerStatus> ExitedAsync(string id) => Eventually.GetAsync(
        $"container {id} exited", () => ContainerAsync(id), status => status.State == ContainerState.ContainerExited);

    /// <summary>The log of a container, by the path that its request named.</summary>
    public ContainerLog Log(ContainerConfig container) => new(Path.Combine(Configuration.LogDirectory, container.LogPath));

    public async Task<ExecSyncResponse> ExecAsync(string id, params string[] command) =>
        await node.Runtime.ExecSyncAsync(new ExecSyncRequest { ContainerId = id, Cmd = { command }, Timeout = 10 });

    public async Task StopAsync(string container, long seconds = 0) =>
        await node.Runtime.StopContainerAsync(new StopContainerRequest { ContainerId = container, Timeout = seconds });

    /// <summary>Stops and removes the sandbox, and then its cgroup, as the kubelet does.</summary>
    public async Task RemoveAsync()
    {
        await node.Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = Id });
        await node.Runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = Id });
        NodeCgroup.RemovePod(Configuration.Linux.CgroupParent);
    }
}
