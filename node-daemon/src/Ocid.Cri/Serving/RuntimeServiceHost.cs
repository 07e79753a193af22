using Grpc.Core;
using Ocid.Cri.V1;

namespace Ocid.Cri.Serving;

/// <summary>Forwards each gRPC method about pods, containers and the node to its <see cref="CriCalls">call</see>.</summary>
internal sealed class RuntimeServiceHost(CriCalls calls) : RuntimeService.RuntimeServiceBase
{
    public override Task<VersionResponse> Version(VersionRequest request, ServerCallContext context) =>
        calls.AnswerAsync<VersionRequest, VersionResponse>(request, context);

    public override Task<RunPodSandboxResponse> RunPodSandbox(RunPodSandboxRequest request, ServerCallContext context) =>
        calls.AnswerAsync<RunPodSandboxRequest, RunPodSandboxResponse>(request, context);

    public override Task<StopPodSandboxResponse> StopPodSandbox(StopPodSandboxRequest request, ServerCallContext context) =>
        calls.AnswerAsync<StopPodSandboxRequest, StopPodSandboxResponse>(request, context);

    public override Task<RemovePodSandboxResponse> RemovePodSandbox(RemovePodSandboxRequest request, ServerCallContext context) =>
        calls.AnswerAsync<RemovePodSandboxRequest, RemovePodSandboxResponse>(request, context);

    public override Task<PodSandboxStatusResponse> PodSandboxStatus(PodSandboxStatusRequest request, ServerCallContext context) =>
        calls.AnswerAsync<PodSandboxStatusRequest, PodSandboxStatusResponse>(request, context);

    public override Task<ListPodSandboxResponse> ListPodSandbox(ListPodSandboxRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ListPodSandboxRequest, ListPodSandboxResponse>(request, context);

    public override Task StreamPodSandboxes(
        StreamPodSandboxesRequest request, IServerStreamWriter<StreamPodSandboxesResponse> responseStream, ServerCallContext context) =>
        calls.StreamAsync(request, responseStream, context);

    public override Task<CreateContainerResponse> CreateContainer(CreateContainerRequest request, ServerCallContext context) =>
        calls.AnswerAsync<CreateContainerRequest, CreateContainerResponse>(request, context);

    public override Task<StartContainerResponse> StartContainer(StartContainerRequest request, ServerCallContext context) =>
        calls.AnswerAsync<StartContainerRequest, StartContainerResponse>(request, context);

    public override Task<StopContainerResponse> StopContainer(StopContainerRequest request, ServerCallContext context) =>
        calls.AnswerAsync<StopContainerRequest, StopContainerResponse>(request, context);

    public override Task<RemoveContainerResponse> RemoveContainer(RemoveContainerRequest request, ServerCallContext context) =>
        calls.AnswerAsync<RemoveContainerRequest, RemoveContainerResponse>(request, context);

    public override Task<ListContainersResponse> ListContainers(ListContainersRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ListContainersRequest, ListContainersResponse>(request, context);

    public override Task StreamContainers(
        StreamContainersRequest request, IServerStreamWriter<StreamContainersResponse> responseStream, ServerCallContext context) =>
        calls.StreamAsync(request, responseStream, context);

    public override Task<ContainerStatusResponse> ContainerStatus(ContainerStatusRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ContainerStatusRequest, ContainerStatusResponse>(request, context);

    public override Task<UpdateContainerResourcesResponse> UpdateContainerResources(UpdateContainerResourcesRequest request, ServerCallContext context) =>
        calls.AnswerAsync<UpdateContainerResourcesRequest, UpdateContainerResourcesResponse>(request, context);

    public override Task<ReopenContainerLogResponse> ReopenContainerLog(ReopenContainerLogRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ReopenContainerLogRequest, ReopenContainerLogResponse>(request, context);

    public override Task<ExecSyncResponse> ExecSync(ExecSyncRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ExecSyncRequest, ExecSyncResponse>(request, context);

    public override Task<ExecResponse> Exec(ExecRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ExecRequest, ExecResponse>(request, context);

    public override Task<AttachResponse> Attach(AttachRequest request, ServerCallContext context) =>
        calls.AnswerAsync<AttachRequest, AttachResponse>(request, context);

    public override Task<PortForwardResponse> PortForward(PortForwardRequest request, ServerCallContext context) =>
        calls.AnswerAsync<PortForwardRequest, PortForwardResponse>(request, context);

    public override Task<ContainerStatsResponse> ContainerStats(ContainerStatsRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ContainerStatsRequest, ContainerStatsResponse>(request, context);

    public override Task<ListContainerStatsResponse> ListContainerStats(ListContainerStatsRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ListContainerStatsRequest, ListContainerStatsResponse>(request, context);

    public override Task StreamContainerStats(
        StreamContainerStatsRequest request, IServerStreamWriter<StreamContainerStatsResponse> responseStream, ServerCallContext context) =>
        calls.StreamAsync(request, responseStream, context);

    public override Task<PodSandboxStatsResponse> PodSandboxStats(PodSandboxStatsRequest request, ServerCallContext context) =>
        calls.AnswerAsync<PodSandboxStatsRequest, PodSandboxStatsResponse>(request, context);

    public override Task<ListPodSandboxStatsResponse> ListPodSandboxStats(ListPodSandboxStatsRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ListPodSandboxStatsRequest, ListPodSandboxStatsResponse>(request, context);

    public override Task StreamPodSandboxStats(
        StreamPodSandboxStatsRequest request, IServerStreamWriter<StreamPodSandboxStatsResponse> responseStream, ServerCallContext context) =>
        calls.StreamAsync(request, responseStream, context);

    public override Task<UpdateRuntimeConfigResponse> UpdateRuntimeConfig(UpdateRuntimeConfigRequest request, ServerCallContext context) =>
        calls.AnswerAsync<UpdateRuntimeConfigRequest, UpdateRuntimeConfigResponse>(request, context);

    public override Task<StatusResponse> Status(StatusRequest request, ServerCallContext context) =>
        calls.AnswerAsync<StatusRequest, StatusResponse>(request, context);

    public override Task<CheckpointContainerResponse> CheckpointContainer(CheckpointContainerRequest request, ServerCallContext context) =>
        calls.AnswerAsync<CheckpointContainerRequest, CheckpointContainerResponse>(request, context);

    public override Task GetContainerEvents(
        GetEventsRequest request, IServerStreamWriter<ContainerEventResponse> responseStream, ServerCallContext context) =>
        calls.StreamAsync(request, responseStream, context);

    public override Task<ListMetricDescriptorsResponse> ListMetricDescriptors(ListMetricDescriptorsRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ListMetricDescriptorsRequest, ListMetricDescriptorsResponse>(request, context);

    public override Task<ListPodSandboxMetricsResponse> ListPodSandboxMetrics(ListPodSandboxMetricsRequest request, ServerCallContext context) =>
        calls.AnswerAsync<ListPodSandboxMetricsRequest, ListPodSandboxMetricsResponse>(request, context);

    public override Task StreamPodSandboxMetrics(
        StreamPodSandboxMetricsRequest request, IServerStreamWriter<StreamPodSandboxMetricsResponse> responseStream, ServerCallContext context) =>
        calls.StreamAsync(request, responseStream, context);

    public override Task<RuntimeConfigResponse> RuntimeConfig(RuntimeConfigRequest request, ServerCallContext context) =>
        calls.AnswerAsync<RuntimeConfigRequest, RuntimeConfigResponse>(request, context);

    public override Task<UpdatePodSandboxResourcesResponse> UpdatePodSandboxResources(UpdatePodSandboxResourcesRequest request, ServerCallContext context) =>
        calls.AnswerAsync<UpdatePodSandboxResourcesRequest, UpdatePodSandboxResourcesResponse>(request, context);
}
