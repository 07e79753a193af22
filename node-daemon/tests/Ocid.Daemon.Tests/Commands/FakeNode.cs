using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Cri.V1;
using Ocid.Streaming;

namespace Ocid.Daemon.Tests.Commands;

/// <summary>A node that behaves as CRI says, in memory, behind a real socket. A container runs unless its command is <c>exit N</c>.</summary>
internal sealed class FakeNode : IAsyncDisposable
{
    private readonly WebApplication _server;

    private FakeNode(WebApplication server, State node) => (_server, Node) = (server, node);

    public State Node { get; }

    public static async Task<FakeNode> StartAsync(string socket)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.ListenUnixSocket(socket, listen => listen.Protocols = HttpProtocols.Http2));
        builder.Services.AddGrpc();
        var state = new State();
        builder.Services.AddSingleton(state).AddSingleton<Runtime>().AddSingleton<Images>();
        var server = builder.Build();
        server.MapGrpcService<Runtime>();
        server.MapGrpcService<Images>();
        await server.StartAsync();
        return new FakeNode(server, state);
    }

    public async ValueTask DisposeAsync()
    {
        await Node.Streaming.DisposeAsync();
        await _server.DisposeAsync();
    }

    internal sealed class State
    {
        public ConcurrentDictionary<string, PodSandbox> Pods { get; } = new();

        public ConcurrentDictionary<string, (ContainerStatus Status, string Pod, ContainerConfig Config)> Containers { get; } = new();

        public ConcurrentDictionary<string, Image> Images { get; } = new();

        public List<string> Stopped { get; } = [];

        public StreamingServer Streaming { get; } = new(new StreamingOptions(), new FakeStreamingHost(), NullLoggerFactory.Instance);
    }

    private sealed class Images(State node) : ImageService.ImageServiceBase
    {
        public override Task<ImageStatusResponse> ImageStatus(ImageStatusRequest request, ServerCallContext context) =>
            Task.FromResult(new ImageStatusResponse { Image = node.Images.GetValueOrDefault(request.Image.Image) });

        public override Task<PullImageResponse> PullImage(PullImageRequest request, ServerCallContext context)
        {
            if (request.Image.Image.Contains("absent"))
                throw new RpcException(new Status(StatusCode.NotFound, $"manifest of {request.Image.Image}: not found"));
            node.Images[request.Image.Image] = new Image { Id = "sha256:" + new string('a', 64) };
            return Task.FromResult(new PullImageResponse { ImageRef = node.Images[request.Image.Image].Id });
        }
    }

    private sealed class Runtime(State node) : RuntimeService.RuntimeServiceBase
    {
        private int _ids;

        public override Task<VersionResponse> Version(VersionRequest request, ServerCallContext context) =>
            Task.FromResult(new VersionResponse { Version = "0.1.0", RuntimeName = "fake", RuntimeVersion = "1.2.3", RuntimeApiVersion = "v1" });

        public override Task<StatusResponse> Status(StatusRequest request, ServerCallContext context) => Task.FromResult(new StatusResponse
        {
            Status = new RuntimeStatus
            {
                Conditions =
                {
                    new RuntimeCondition { Type = "RuntimeReady", Status = true },
                    new RuntimeCondition { Type = "NetworkReady", Status = false, Reason = "NetworkPluginNotReady", Message = "no CNI configuration in /etc/cni/net.d" },
                },
            },
            RuntimeHandlers = { new RuntimeHandler { Name = "" }, new RuntimeHandler { Name = "runc" } },
        });

        public override Task<RunPodSandboxResponse> RunPodSandbox(RunPodSandboxRequest request, ServerCallContext context)
        {
            var pod = new PodSandbox { Id = NewId("d"), Metadata = request.Config.Metadata, State = PodSandboxState.SandboxReady, CreatedAt = Now(), RuntimeHandler = request.RuntimeHandler };
            node.Pods[pod.Id] = pod;
            return Task.FromResult(new RunPodSandboxResponse { PodSandboxId = pod.Id });
        }

        public override Task<StopPodSandboxResponse> StopPodSandbox(StopPodSandboxRequest request, ServerCallContext context)
        {
            if (node.Pods.TryGetValue(request.PodSandboxId, out var pod))
                pod.State = PodSandboxState.SandboxNotready;
            return Task.FromResult(new StopPodSandboxResponse());
        }

        public override Task<RemovePodSandboxResponse> RemovePodSandbox(RemovePodSandboxRequest request, ServerCallContext context)
        {
            node.Pods.TryRemove(request.PodSandboxId, out _);
            foreach (var (id, container) in node.Containers)
            {
                if (container.Pod == request.PodSandboxId)
                    node.Containers.TryRemove(id, out _);
            }

            return Task.FromResult(new RemovePodSandboxResponse());
        }

        public override Task<ListPodSandboxResponse> ListPodSandbox(ListPodSandboxRequest request, ServerCallContext context) =>
            Task.FromResult(new ListPodSandboxResponse { Items = { node.Pods.Values } });

        public override Task<CreateContainerResponse> CreateContainer(CreateContainerRequest request, ServerCallContext context)
        {
            var status = new ContainerStatus
            {
                Id = NewId("c"),
                Metadata = request.Config.Metadata,
                Image = request.Config.Image,
                CreatedAt = Now(),
                LogPath = Path.Combine(request.SandboxConfig.LogDirectory, request.Config.LogPath),
            };
            node.Containers[status.Id] = (status, request.PodSandboxId, request.Config);
            return Task.FromResult(new CreateContainerResponse { ContainerId = status.Id });
        }

        public override Task<StartContainerResponse> StartContainer(StartContainerRequest request, ServerCallContext context)
        {
            var (status, _, config) = node.Containers[request.ContainerId];
            File.WriteAllText(status.LogPath, "2026-01-01T00:00:00Z stdout F hello\n2026-01-01T00:00:01Z stderr F oh no\n");
            if (config.Command is ["exit", var code])
                (status.State, status.ExitCode, status.Reason) = (ContainerState.ContainerExited, int.Parse(code, null), code == "0" ? "Completed" : "Error");
            else
                status.State = ContainerState.ContainerRunning;
            return Task.FromResult(new StartContainerResponse());
        }

        public override Task<StopContainerResponse> StopContainer(StopContainerRequest request, ServerCallContext context)
        {
            var status = node.Containers[request.ContainerId].Status;
            status.State = ContainerState.ContainerExited;
            node.Stopped.Add($"{status.Metadata.Name} {request.Timeout}");
            return Task.FromResult(new StopContainerResponse());
        }

        public override Task<RemoveContainerResponse> RemoveContainer(RemoveContainerRequest request, ServerCallContext context)
        {
            node.Containers.TryRemove(request.ContainerId, out _);
            return Task.FromResult(new RemoveContainerResponse());
        }

        public override Task<ContainerStatusResponse> ContainerStatus(ContainerStatusRequest request, ServerCallContext context) =>
            Task.FromResult(new ContainerStatusResponse { Status = node.Containers[request.ContainerId].Status });

        public override Task<ListContainersResponse> ListContainers(ListContainersRequest request, ServerCallContext context) => Task.FromResult(new ListContainersResponse
        {
            Containers =
            {
                node.Containers.Values.Select(item => new Container { Id = item.Status.Id, PodSandboxId = item.Pod, Metadata = item.Status.Metadata, Image = item.Status.Image, State = item.Status.State, CreatedAt = item.Status.CreatedAt }),
            },
        });

        public override Task<ExecSyncResponse> ExecSync(ExecSyncRequest request, ServerCallContext context) => request.Cmd[0] switch
        {
            "missing" => throw new RpcException(new Status(StatusCode.Internal, "exec: \"missing\": executable file not found in $PATH")),
            _ => Task.FromResult(new ExecSyncResponse { Stdout = ByteString.Empty, ExitCode = 42 }),
        };

        public override async Task<ExecResponse> Exec(ExecRequest request, ServerCallContext context) => new()
        {
            Url = (await node.Streaming.OfferAsync(new ExecOffer(request.ContainerId, new StdioShape(request.Stdin, request.Stdout, request.Stderr, request.Tty), [.. request.Cmd]), context.CancellationToken)).AbsoluteUri,
        };

        public override async Task<AttachResponse> Attach(AttachRequest request, ServerCallContext context) => new()
        {
            Url = (await node.Streaming.OfferAsync(new AttachOffer(request.ContainerId, new StdioShape(request.Stdin, request.Stdout, request.Stderr, request.Tty)), context.CancellationToken)).AbsoluteUri,
        };

        public override async Task<PortForwardResponse> PortForward(PortForwardRequest request, ServerCallContext context) => new()
        {
            Url = (await node.Streaming.OfferAsync(new PortForwardOffer(request.PodSandboxId, [.. request.Port]), context.CancellationToken)).AbsoluteUri,
        };

        private static long Now() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() * 1_000_000;

        private string NewId(string letter) => $"{Interlocked.Increment(ref _ids):x4}".PadRight(64, letter[0]);
    }
}
