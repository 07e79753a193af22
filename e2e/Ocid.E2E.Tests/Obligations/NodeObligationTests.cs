using Grpc.Core;
using Ocid.Cri.V1;

namespace Ocid.E2E.Tests.Obligations;

public sealed class NodeObligationTests(SharedNode shared) : ObligationTests(shared), IClassFixture<SharedNode>
{
    [SkippableFact]
    public async Task Version_is_the_kubelets_and_the_runtimes_own_is_semantic()
    {
        var version = await Runtime.VersionAsync(new VersionRequest());

        version.Version.Should().Be("0.1.0");
        version.RuntimeVersion.Should().MatchRegex(@"^\d+\.\d+\.\d+");
        version.RuntimeApiVersion.Should().Be("v1");
    }

    [SkippableFact]
    public async Task Status_has_both_conditions_and_the_features_of_each_handler()
    {
        var status = await Runtime.StatusAsync(new StatusRequest());

        status.Status.Conditions.Select(condition => condition.Type).Should().Equal("RuntimeReady", "NetworkReady");
        status.RuntimeHandlers.Select(handler => handler.Name).Should().Contain(["", "runc"]);
        status.RuntimeHandlers.Should().OnlyContain(handler => handler.Features != null);
        status.Features.SupplementalGroupsPolicy.Should().BeTrue();
    }

    [SkippableFact]
    public async Task The_cgroup_driver_is_told() =>
        (await Runtime.RuntimeConfigAsync(new RuntimeConfigRequest())).Linux.CgroupDriver.Should().Be(CgroupDriver.Cgroupfs);

    [SkippableFact]
    public async Task A_slice_of_systemds_is_refused_where_the_driver_is_cgroupfs()
    {
        var failure = await FluentActions.Awaiting(() => Shared.PodAsync(config => config.Linux.CgroupParent = "kubepods-besteffort-pod1.slice")).Should().ThrowAsync<RpcException>();

        failure.Which.Status.Detail.Should().Contain("this node's cgroup driver is cgroupfs");
    }

    [SkippableFact]
    public async Task The_pods_address_range_is_taken_note_of_and_what_is_none_is_refused()
    {
        await Runtime.UpdateRuntimeConfigAsync(new UpdateRuntimeConfigRequest { RuntimeConfig = new RuntimeConfig { NetworkConfig = new NetworkConfig { PodCidr = "10.1.0.0/24,fd00::/64" } } });

        (await SharedNode.FailureAsync(() => Runtime.UpdateRuntimeConfigAsync(new UpdateRuntimeConfigRequest { RuntimeConfig = new RuntimeConfig { NetworkConfig = new NetworkConfig { PodCidr = "10.1" } } })))
            .StatusCode.Should().Be(StatusCode.InvalidArgument);
    }

    [SkippableFact]
    public async Task Metric_descriptors_are_whole_and_samples_have_their_labels()
    {
        var descriptors = (await Runtime.ListMetricDescriptorsAsync(new ListMetricDescriptorsRequest())).Descriptors;
        var pod = await Shared.PodAsync();
        await pod.StartAsync(Shared.Sleeper());

        var metrics = (await Runtime.ListPodSandboxMetricsAsync(new ListPodSandboxMetricsRequest())).PodMetrics.Single(one => one.PodSandboxId == pod.Id);

        descriptors.Should().HaveCountGreaterThan(50).And.OnlyContain(one => one.Help.Length > 0 && one.LabelKeys.Count > 0);
        descriptors.Select(one => one.Name).Should().OnlyHaveUniqueItems();
        var labels = descriptors.ToDictionary(one => one.Name, one => one.LabelKeys.Count);
        metrics.Metrics.Concat(metrics.ContainerMetrics.SelectMany(one => one.Metrics)).Should().NotBeEmpty().And.OnlyContain(sample => sample.LabelValues.Count == labels[sample.Name]);
    }

    [SkippableFact]
    public async Task Statistics_have_timestamps_and_filters()
    {
        var pod = await Shared.PodAsync();
        var id = await pod.StartAsync(Shared.Sleeper());

        var stats = (await Runtime.ListContainerStatsAsync(new ListContainerStatsRequest { Filter = new ContainerStatsFilter { PodSandboxId = pod.Id } })).Stats;

        stats.Should().ContainSingle().Which.Should().Match<ContainerStats>(one => one.Attributes.Id == id && one.Cpu.Timestamp > 0 && one.Memory.Timestamp > 0);
        (await Runtime.ListPodSandboxStatsAsync(new ListPodSandboxStatsRequest { Filter = new PodSandboxStatsFilter { Id = pod.Id } })).Stats.Should().ContainSingle(one => one.Linux.Cpu.Timestamp > 0);
    }
}
