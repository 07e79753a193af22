using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Obligations;

public sealed class GeneralTests(SharedNode shared) : ObligationTests(shared), IClassFixture<SharedNode>
{
    private const string Unknown = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    [SkippableTheory]
    [InlineData("PodSandboxStatus")]
    [InlineData("CreateContainer")]
    [InlineData("StartContainer")]
    [InlineData("ContainerStatus")]
    [InlineData("UpdateContainerResources")]
    [InlineData("ReopenContainerLog")]
    [InlineData("ExecSync")]
    [InlineData("Exec")]
    [InlineData("Attach")]
    [InlineData("PortForward")]
    [InlineData("ContainerStats")]
    [InlineData("PodSandboxStats")]
    [InlineData("UpdatePodSandboxResources")]
    [InlineData("CheckpointContainer")]
    public async Task What_is_not_there_is_NotFound(string call)
    {
        var failure = call switch
        {
            "PodSandboxStatus" => await SharedNode.FailureAsync(() => Runtime.PodSandboxStatusAsync(new PodSandboxStatusRequest { PodSandboxId = Unknown })),
            "CreateContainer" => await SharedNode.FailureAsync(() => Runtime.CreateContainerAsync(new CreateContainerRequest { PodSandboxId = Unknown, Config = Shared.Sleeper() })),
            "StartContainer" => await SharedNode.FailureAsync(() => Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = Unknown })),
            "ContainerStatus" => await SharedNode.FailureAsync(() => Runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = Unknown })),
            "UpdateContainerResources" => await SharedNode.FailureAsync(() => Runtime.UpdateContainerResourcesAsync(new UpdateContainerResourcesRequest { ContainerId = Unknown, Linux = new LinuxContainerResources() })),
            "ReopenContainerLog" => await SharedNode.FailureAsync(() => Runtime.ReopenContainerLogAsync(new ReopenContainerLogRequest { ContainerId = Unknown })),
            "ExecSync" => await SharedNode.FailureAsync(() => Runtime.ExecSyncAsync(new ExecSyncRequest { ContainerId = Unknown, Cmd = { "true" } })),
            "Exec" => await SharedNode.FailureAsync(() => Runtime.ExecAsync(new ExecRequest { ContainerId = Unknown, Cmd = { "true" }, Stdout = true })),
            "Attach" => await SharedNode.FailureAsync(() => Runtime.AttachAsync(new AttachRequest { ContainerId = Unknown, Stdout = true })),
            "PortForward" => await SharedNode.FailureAsync(() => Runtime.PortForwardAsync(new PortForwardRequest { PodSandboxId = Unknown })),
            "ContainerStats" => await SharedNode.FailureAsync(() => Runtime.ContainerStatsAsync(new ContainerStatsRequest { ContainerId = Unknown })),
            "PodSandboxStats" => await SharedNode.FailureAsync(() => Runtime.PodSandboxStatsAsync(new PodSandboxStatsRequest { PodSandboxId = Unknown })),
            "UpdatePodSandboxResources" => await SharedNode.FailureAsync(() => Runtime.UpdatePodSandboxResourcesAsync(new UpdatePodSandboxResourcesRequest { PodSandboxId = Unknown })),
            _ => await SharedNode.FailureAsync(() => Runtime.CheckpointContainerAsync(new CheckpointContainerRequest { ContainerId = Unknown })),
        };

        failure.StatusCode.Should().Be(StatusCode.NotFound);
        failure.Detail.Should().Contain(Unknown);
    }

    [SkippableFact]
    public async Task Stop_and_remove_of_what_is_not_there_are_no_errors()
    {
        await Runtime.StopContainerAsync(new StopContainerRequest { ContainerId = Unknown });
        await Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = Unknown });
        await Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = Unknown });
        await Runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = Unknown });
        await Images.RemoveImageAsync(new RemoveImageRequest { Image = new ImageSpec { Image = "no.such.example/image:1" } });
    }

    [SkippableFact]
    public async Task Labels_and_annotations_come_back_unaltered_and_filters_are_ANDed()
    {
        var pod = await Shared.PodAsync(config =>
        {
            config.Labels["io.kubernetes.pod.name"] = "täst=\"x\"";
            config.Annotations["with/slash"] = "several\nlines\tand \u00fcml\u00e4uts";
        });
        var container = Shared.Sleeper();
        container.Labels["one"] = "1";
        container.Labels["two"] = "2";
        container.Annotations["a"] = "{\"json\": true}";
        var id = await pod.StartAsync(container);

        var listed = (await Runtime.ListPodSandboxAsync(new ListPodSandboxRequest { Filter = new PodSandboxFilter { Id = pod.Id } })).Items.Single();
        listed.Labels.Should().Equal(pod.Configuration.Labels);
        listed.Annotations.Should().Equal(pod.Configuration.Annotations);
        (await pod.ContainerAsync(id)).Annotations.Should().Equal(container.Annotations);
        (await MatchesAsync(new ContainerFilter { PodSandboxId = pod.Id, LabelSelector = { ["one"] = "1", ["two"] = "2" } })).Should().Equal(id);
        (await MatchesAsync(new ContainerFilter { PodSandboxId = pod.Id, LabelSelector = { ["one"] = "1", ["two"] = "1" } })).Should().BeEmpty();
        (await MatchesAsync(new ContainerFilter { Id = id[..16], State = new ContainerStateValue { State = ContainerState.ContainerRunning } })).Should().Equal(id);
        (await MatchesAsync(new ContainerFilter { Id = id, State = new ContainerStateValue { State = ContainerState.ContainerExited } })).Should().BeEmpty();
        (await MatchesAsync(new ContainerFilter { PodSandboxId = pod.Id, LabelSelector = { ["on"] = "1" } })).Should().BeEmpty();

        async Task<IEnumerable<string>> MatchesAsync(ContainerFilter filter) =>
            (await Runtime.ListContainersAsync(new ListContainersRequest { Filter = filter })).Containers.Select(one => one.Id);
    }

    [SkippableFact]
    public async Task A_duplicate_request_joins_the_first_and_gets_its_result()
    {
        var config = PodRequests.Sandbox(Node, "twice");
        var pods = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestPod.RunAsync(Node, config)));
        pods.Select(pod => pod.Id).Distinct().Should().ContainSingle();

        var ids = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => pods[0].CreateAsync(Shared.Sleeper())));
        ids.Distinct().Should().ContainSingle();
    }

    [SkippableFact]
    public async Task Answers_have_what_the_kubelet_rejects_answers_without()
    {
        var pod = await Shared.PodAsync();
        var id = await pod.StartAsync(Shared.Sleeper());

        var container = (await Runtime.ListContainersAsync(new ListContainersRequest { Filter = new ContainerFilter { Id = id } })).Containers.Single();
        container.Should().Match<Container>(c => c.Metadata.Name == "sleeper" && c.CreatedAt > 0 && c.Image.Image == Shared.Busybox && c.ImageRef == Shared.ImageRef && c.ImageId == Shared.ImageRef && c.PodSandboxId == pod.Id);
        var status = await pod.ContainerAsync(id);
        status.Should().Match<ContainerStatus>(c => c.Metadata.Name == "sleeper" && c.CreatedAt > 0 && c.Image.Image == Shared.Busybox && c.ImageRef == Shared.ImageRef && c.ImageId == Shared.ImageRef);
        var sandbox = await pod.StatusAsync();
        sandbox.Should().Match<PodSandboxStatus>(p => p.Id == pod.Id && p.Metadata.Name == pod.Configuration.Metadata.Name && p.CreatedAt > 0 && p.Linux.Namespaces.Options != null);
    }

    [SkippableFact]
    public async Task Streams_send_each_item_once_and_end()
    {
        var pod = await Shared.PodAsync();
        await pod.StartAsync(Shared.Sleeper());

        var pods = new List<string>();
        using (var stream = Runtime.StreamPodSandboxes(new StreamPodSandboxesRequest()))
        {
            await foreach (var batch in stream.ResponseStream.ReadAllAsync())
                pods.AddRange(batch.PodSandboxes.Select(one => one.Id));
        }

        pods.Should().OnlyHaveUniqueItems().And.BeEquivalentTo((await Runtime.ListPodSandboxAsync(new ListPodSandboxRequest())).Items.Select(one => one.Id));
        var containers = new List<string>();
        using (var stream = Runtime.StreamContainers(new StreamContainersRequest()))
        {
            await foreach (var batch in stream.ResponseStream.ReadAllAsync())
                containers.AddRange(batch.Containers.Select(one => one.Id));
        }

        containers.Should().OnlyHaveUniqueItems().And.BeEquivalentTo((await Runtime.ListContainersAsync(new ListContainersRequest())).Containers.Select(one => one.Id));
    }
}
