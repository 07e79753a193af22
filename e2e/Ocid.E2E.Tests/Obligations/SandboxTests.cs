using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Obligations;

public sealed class SandboxTests(SharedNode shared) : ObligationTests(shared), IClassFixture<SharedNode>
{
    [SkippableFact]
    public async Task An_unknown_handler_is_an_error_and_the_empty_one_is_the_default()
    {
        var refused = await SharedNode.FailureAsync(() => Runtime.RunPodSandboxAsync(new RunPodSandboxRequest { Config = PodRequests.Sandbox(Node, "handler"), RuntimeHandler = "kata" }));

        refused.StatusCode.Should().Be(StatusCode.InvalidArgument);
        refused.Detail.Should().Contain("\"kata\": not configured on this node; it has runc");
        (await (await Shared.PodAsync()).StatusAsync()).RuntimeHandler.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_host_port_of_zero_is_no_port()
    {
        var pod = await Shared.PodAsync(config => config.PortMappings.Add(new PortMapping { ContainerPort = 80, HostPort = 0 }));

        (await pod.StatusAsync()).State.Should().Be(PodSandboxState.SandboxReady);
    }

    [SkippableFact]
    public async Task A_pod_on_the_hosts_network_needs_no_host_name_and_has_the_hosts()
    {
        var pod = await Shared.PodAsync(config =>
        {
            config.Hostname = "";
            config.Linux.SecurityContext.NamespaceOptions.Network = NamespaceMode.Node;
        });
        var container = Shared.Script("host", "hostname; readlink /proc/self/ns/net");
        container.Linux.SecurityContext.NamespaceOptions.Network = NamespaceMode.Node;

        var output = await Shared.OutputAsync(pod, container);

        output[0].Should().Be(Environment.MachineName);
        output[1].Should().Be(File.ResolveLinkTarget("/proc/self/ns/net", returnFinalTarget: false)!.Name);
        (await pod.StatusAsync()).Network.Ip.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Stop_kills_the_containers_releases_the_address_and_may_be_called_again()
    {
        var pod = await Shared.PodAsync();
        var id = await pod.StartAsync(Shared.Sleeper());
        var address = await pod.AddressAsync();

        for (var i = 0; i < 3; i++)
            await Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = pod.Id });

        (await pod.StatusAsync()).State.Should().Be(PodSandboxState.SandboxNotready);
        (await pod.ContainerAsync(id)).State.Should().Be(ContainerState.ContainerExited);
        Node.Network.ReservedAddresses().Should().NotContain(address);
    }

    [SkippableFact]
    public async Task Remove_takes_the_containers_along_and_the_pod_is_gone_from_the_list_at_once()
    {
        var pod = await Shared.PodAsync();
        var id = await pod.StartAsync(Shared.Sleeper());

        await Runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = pod.Id });
        await Runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = pod.Id });

        (await Runtime.ListPodSandboxAsync(new ListPodSandboxRequest())).Items.Should().NotContain(one => one.Id == pod.Id);
        (await Runtime.ListContainersAsync(new ListContainersRequest())).Containers.Should().NotContain(one => one.Id == id);
    }

    [SkippableFact]
    public async Task Info_is_there_only_when_verbose_is_asked_for()
    {
        var pod = await Shared.PodAsync();
        var id = await pod.StartAsync(Shared.Sleeper());

        (await Runtime.PodSandboxStatusAsync(new PodSandboxStatusRequest { PodSandboxId = pod.Id })).Info.Should().BeEmpty();
        (await Runtime.PodSandboxStatusAsync(new PodSandboxStatusRequest { PodSandboxId = pod.Id, Verbose = true })).Info.Should().NotBeEmpty();
        (await Runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = id })).Info.Should().BeEmpty();
        (await Runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = id, Verbose = true })).Info.Should().NotBeEmpty();
        (await Runtime.StatusAsync(new StatusRequest())).Info.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task The_list_is_filtered_by_a_unique_prefix_state_and_labels()
    {
        var ready = await Shared.PodAsync(config => config.Labels["filter"] = "ready");
        var stopped = await Shared.PodAsync(config => config.Labels["filter"] = "stopped");
        await Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = stopped.Id });

        (await IdsAsync(new PodSandboxFilter { Id = ready.Id[..20] })).Should().Equal(ready.Id);
        (await IdsAsync(new PodSandboxFilter { State = State(PodSandboxState.SandboxNotready), LabelSelector = { ["filter"] = "stopped" } })).Should().Equal(stopped.Id);
        (await IdsAsync(new PodSandboxFilter { State = State(PodSandboxState.SandboxReady), LabelSelector = { ["filter"] = "stopped" } })).Should().BeEmpty();
        (await Runtime.PodSandboxStatusAsync(new PodSandboxStatusRequest { PodSandboxId = ready.Id[..20] })).Status.Id.Should().Be(ready.Id);

        static PodSandboxStateValue State(PodSandboxState state) => new() { State = state };

        async Task<IEnumerable<string>> IdsAsync(PodSandboxFilter filter) =>
            (await Runtime.ListPodSandboxAsync(new ListPodSandboxRequest { Filter = filter })).Items.Select(one => one.Id);
    }

    [SkippableFact]
    public async Task The_limits_of_a_pod_can_be_told_to_have_changed()
    {
        var pod = await Shared.PodAsync();

        await Runtime.UpdatePodSandboxResourcesAsync(new UpdatePodSandboxResourcesRequest { PodSandboxId = pod.Id, Overhead = new LinuxContainerResources(), Resources = new LinuxContainerResources { CpuShares = 512 } });
    }

    [SkippableFact]
    public async Task The_limits_of_a_pod_whose_cgroup_nobody_else_made_are_set()
    {
        var pod = await Shared.PodAsync(config => config.Linux.CgroupParent = "");
        await pod.StartAsync(Shared.Sleeper());

        await Runtime.UpdatePodSandboxResourcesAsync(new UpdatePodSandboxResourcesRequest { PodSandboxId = pod.Id, Resources = new LinuxContainerResources { CpuShares = 512 } });

        var (v1, v2) = ($"/sys/fs/cgroup/cpu/ocid-{pod.Id}/cpu.shares", $"/sys/fs/cgroup/ocid-{pod.Id}/cpu.weight");
        (await File.ReadAllTextAsync(File.Exists(v1) ? v1 : v2)).Trim().Should().Be(File.Exists(v1) ? "512" : "20");
    }

    [SkippableFact]
    public async Task Containers_of_a_shared_pid_namespace_see_each_other_and_its_init_reaps_orphans()
    {
        var pod = await Shared.PodAsync(config => config.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Pod);
        var one = Shared.Sleeper("one");
        one.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Pod;
        await pod.StartAsync(one);
        var two = Shared.Script("two", "(sleep 0 & exec sleep 0.2) & sleep 1; ps -o pid,stat,comm | grep -c -w Z; ps -o comm | grep -c sleep");
        two.Linux.SecurityContext.NamespaceOptions.Pid = NamespaceMode.Pod;

        var output = await Shared.OutputAsync(pod, two);

        output[0].Should().Be("0");
        int.Parse(output[1], System.Globalization.CultureInfo.InvariantCulture).Should().BePositive();
    }
}
