using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Linux.Namespaces;

namespace Ocid.Networking.Tests;

[Collection(nameof(HostNamespaces))]
public sealed class RealPluginsTests : IAsyncLifetime
{
    private readonly NodeFixture _node = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _node.CloseAsync();

    [SkippableFact]
    public async Task Two_pods_reach_each_other_and_the_host_port_leads_to_the_pod()
    {
        Root.NeedPlugins();
        var machine = await MachineAsync();
        var network = await DefaultAsync();
        var empty = await HostAsync();
        var (server, client) = (await _node.NamespacesAsync("server"), await _node.NamespacesAsync("client"));
        var serverRequest = NodeFixture.Request(server.NetworkPath!) with { PortMappings = [new PortMapping { HostPort = 8080, ContainerPort = 80 }] };
        var clientRequest = NodeFixture.Request(client.NetworkPath!);
        var attached = await Task.WhenAll(network.AttachAsync(serverRequest, default), network.AttachAsync(clientRequest, default));

        attached[0].Interfaces.Should().Contain(one => one.Name == "eth0" && one.Sandbox == server.NetworkPath);
        using var listener = new Socket(NetworkNamespace.OpenSocket(server.NetworkPath!, AddressFamily.InterNetwork, SocketType.Stream));
        listener.Bind(new IPEndPoint(IPAddress.Any, 80));
        listener.Listen();
        await ReachAsync(listener, client, new IPEndPoint(attached[0].Addresses[0], 80));
        var gateway = JsonNode.Parse(attached[0].RawResult)!["ips"]![0]!["gateway"]!.GetValue<string>();
        await ReachAsync(listener, client, new IPEndPoint(IPAddress.Parse(gateway), 8080));
        NetworkNamespace.ReadCounters(server.NetworkPath!).Single(one => one.Name == "eth0").ReceivedBytes.Should().BePositive();

        (await network.DetachAsync(serverRequest.Id, server.NetworkPath, default)).Should().Be(DetachOutcome.Detached);
        (await network.DetachAsync(clientRequest.Id, client.NetworkPath, default)).Should().Be(DetachOutcome.Detached);
        Leases().Should().BeEmpty();
        (await HostAsync()).Should().NotContain("veth").And.NotContain(serverRequest.Id.Value).And.NotContain(clientRequest.Id.Value);
        empty.Should().NotContain("veth");
        (await MachineAsync()).Should().Be(machine, "nothing of the machine itself was touched");
        HostNamespaces.OfEveryThread().Should().BeEquivalentTo(HostNamespaces.OfThisProcess());
    }

    [SkippableFact]
    public async Task An_ADD_that_fails_late_gives_its_address_back()
    {
        Root.NeedPlugins();
        var network = await DefaultAsync();
        _node.Script("portmap", """[ $CNI_COMMAND != ADD ] || { echo '{"code":999,"msg":"no"}'; exit 1; }""");
        var pod = await _node.NamespacesAsync("pod");
        await FluentActions.Awaiting(() => network.AttachAsync(NodeFixture.Request(pod.NetworkPath!), default)).Should().ThrowAsync<Primitives.OcidException>();
        Leases().Should().BeEmpty();
        (await HostAsync()).Should().NotContain("veth");
    }

    [SkippableFact]
    public async Task A_DEL_that_succeeds_after_the_pod_was_removed_leaves_nothing()
    {
        Root.NeedPlugins();
        var network = await DefaultAsync();
        var pod = await _node.NamespacesAsync("pod");
        var request = NodeFixture.Request(pod.NetworkPath!);
        await network.AttachAsync(request, default);
        _node.Script("bridge", "exit 1");
        (await network.DetachAsync(request.Id, pod.NetworkPath, default)).Should().Be(DetachOutcome.Deferred);
        PodNamespaces.Remove(pod.Directory);
        Leases().Should().ContainSingle();

        _node.Script("bridge", $"exec nsenter --net={_node.Host!.NetworkPath} /usr/lib/cni/bridge");
        await NodeFixture.UntilAsync(() => network.Attachments.Count == 0, "it is tried again");
        Leases().Should().BeEmpty();
        (await HostAsync()).Should().NotContain("veth").And.NotContain(request.Id.Value);
    }

    [SkippableFact]
    public async Task After_a_reboot_the_address_is_released_from_the_record()
    {
        Root.NeedPlugins();
        var network = await DefaultAsync();
        var pod = await _node.NamespacesAsync("pod");
        await network.AttachAsync(NodeFixture.Request(pod.NetworkPath!), default);
        await network.DisposeAsync();
        PodNamespaces.Remove(pod.Directory);
        PodNamespaces.Remove(_node.Host!.Directory);
        await _node.MakeHostAsync();

        var next = await _node.OpenAsync();
        foreach (var left in next.Attachments)
            (await next.DetachAsync(left.Id, left.NetworkNamespacePath, default)).Should().Be(DetachOutcome.Detached);
        Leases().Should().BeEmpty();
    }

    [SkippableTheory]
    [InlineData("0.3.1")]
    [InlineData("0.4.0")]
    [InlineData("1.0.0")]
    public async Task Bandwidth_and_tuning_work_in_every_version(string version)
    {
        Root.NeedPlugins();
        await _node.MakeHostAsync();
        _node.Configure("10.conflist", $$"""
            { "cniVersion": "{{version}}", "name": "shaped", "plugins": [
              { "type": "bridge", "bridge": "shaped0", "isGateway": true, "ipam": { "type": "host-local", "dataDir": "{{_node.Path}}/leases", "subnet": "10.213.0.0/24" } },
              { "type": "bandwidth", "capabilities": { "bandwidth": true } },
              { "type": "tuning", "capabilities": { "mac": true }, "sysctl": { "net.ipv4.conf.IFNAME.arp_filter": "1" } } ] }
            """);
        var network = await _node.OpenAsync();
        var pod = await _node.NamespacesAsync("pod");
        var request = NodeFixture.Request(pod.NetworkPath!) with
        {
            Mac = "c2:11:22:33:44:55",
            Bandwidth = PodBandwidth.FromAnnotations(new Dictionary<string, string> { ["kubernetes.io/ingress-bandwidth"] = "10M", ["kubernetes.io/egress-bandwidth"] = "5M" }),
        };
        (await network.AttachAsync(request, default)).Addresses.Should().ContainSingle();
        (await Nsenter.RunAsync(_node.Host!, "/usr/sbin/tc", "qdisc", "show")).Should().Contain("rate 10Mbit").And.Contain("rate 5Mbit");
        (await Nsenter.RunAsync(pod, "/usr/sbin/ip", "link", "show", "eth0")).Should().Contain(request.Mac);
        (await network.DetachAsync(request.Id, pod.NetworkPath, default)).Should().Be(DetachOutcome.Detached);
        (await Nsenter.RunAsync(_node.Host!, "/usr/sbin/tc", "qdisc", "show")).Should().NotContain("rate ");
        Leases().Should().BeEmpty();
    }

    private async Task<PodNetwork> DefaultAsync()
    {
        await _node.MakeHostAsync();
        _node.Configure(DefaultNetwork.FileName, DefaultNetwork.Configuration.Replace("/var/lib/ocid/cni/addresses", _node.Path + "/leases", StringComparison.Ordinal));
        var network = await _node.OpenAsync();
        network.NotReadyReason.Should().BeNull();
        return network;
    }

    private static async Task ReachAsync(Socket listener, PinnedNamespaces from, IPEndPoint to)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        using var client = new Socket(NetworkNamespace.OpenSocket(from.NetworkPath!, AddressFamily.InterNetwork, SocketType.Stream));
        await client.ConnectAsync(to, limit.Token);
        using var accepted = await listener.AcceptAsync(limit.Token);
        await accepted.SendAsync("hello"u8.ToArray(), limit.Token);
        var buffer = new byte[16];
        (await client.ReceiveAsync(buffer, limit.Token)).Should().Be(5);
    }

    private string[] Leases() =>
        Directory.Exists(_node.Path + "/leases")
            ? [.. Directory.GetFiles(_node.Path + "/leases", "*.*", SearchOption.AllDirectories).Where(path => IPAddress.TryParse(Path.GetFileName(path), out _))]
            : [];

    private async Task<string> HostAsync() =>
        await Nsenter.RunAsync(_node.Host!, "/bin/sh", "-c", "ip -o link; iptables-save; iptables-legacy-save 2>/dev/null");

    private static async Task<string> MachineAsync()
    {
        var result = await Command.RunAsync(
            new CommandSpec { Program = "/bin/sh", Arguments = ["-c", "ip -o link show type bridge | grep -F -e ocid0 -e shaped0; iptables-save | grep -F 10.199.; iptables-legacy-save 2>/dev/null | grep -F 10.199.; true"] }, default);
        return result.OutputText;
    }
}
