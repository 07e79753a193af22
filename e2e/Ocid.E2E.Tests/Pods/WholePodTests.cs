using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Pods;

public sealed class WholePodTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableTheory]
    [InlineData("runc")]
    [InlineData("crun")]
    public async Task A_pod_runs_from_pull_to_removal_and_leaves_nothing(string runtime)
    {
        await using var node = await StartNodeAsync(new TestNodeOptions { Runtime = runtime });
        var reference = await node.PullAsync(Busybox);
        (await node.ListImagesAsync()).Should().ContainSingle().Which.Id.Should().Be(reference);

        var pod = await TestPod.RunAsync(node, "web");
        var status = await pod.StatusAsync();
        status.State.Should().Be(PodSandboxState.SandboxReady);
        status.Network.Ip.Should().StartWith(node.Network.Subnet + ".");

        var web = PodRequests.Script("web", Busybox, "echo to stdout; echo to stderr >&2; exec httpd -f -h /www");
        var id = await pod.StartAsync(web);
        (await pod.ContainerAsync(id)).State.Should().Be(ContainerState.ContainerRunning);
        await web.WaitForLogAsync(pod, "to stderr");
        pod.Log(web).Lines().Select(line => $"{line.Stream} {line.Message}").Should().BeEquivalentTo("stdout to stdout", "stderr to stderr");

        var exec = await pod.ExecAsync(id, "sh", "-c", "echo out; echo err >&2; exit 7");
        exec.Stdout.ToStringUtf8().Should().Be("out\n");
        exec.Stderr.ToStringUtf8().Should().Be("err\n");
        exec.ExitCode.Should().Be(7);

        var stats = (await node.Runtime.ContainerStatsAsync(new ContainerStatsRequest { ContainerId = id })).Stats;
        stats.Cpu.UsageCoreNanoSeconds.Value.Should().BePositive();
        stats.Cpu.Timestamp.Should().BePositive();
        stats.Memory.WorkingSetBytes.Value.Should().BePositive();

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        (await http.GetStringAsync(new Uri($"http://{status.Network.Ip}/"))).Should().Be("hello from busybox\n");

        await pod.StopAsync(id);
        var stopped = await pod.ContainerAsync(id);
        stopped.State.Should().Be(ContainerState.ContainerExited);
        stopped.ExitCode.Should().Be(137);
        stopped.ImageRef.Should().Be(reference);
        await node.Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id });
        await pod.RemoveAsync();
        await node.RemoveImageAsync(Busybox);
        (await node.ListImagesAsync()).Should().BeEmpty();

        await node.StopAsync();
    }

    [SkippableFact]
    public async Task Containers_of_a_pod_share_its_network_host_name_and_shared_memory()
    {
        await using var node = await StartNodeAsync();
        var (pod, first) = await RunAsync(node, PodRequests.Container("first", Busybox, "sleep", "1000"), "shared");
        var second = await pod.StartAsync(PodRequests.Container("second", Busybox, "sleep", "1000"));

        await pod.ExecAsync(first, "sh", "-c", "echo here >/dev/shm/mark");
        (await pod.ExecAsync(second, "cat", "/dev/shm/mark")).Stdout.ToStringUtf8().Should().Be("here\n");
        (await pod.ExecAsync(second, "hostname")).Stdout.ToStringUtf8().Trim().Should().Be("shared");
        var namespaces = "for kind in net ipc uts; do readlink /proc/1/ns/$kind; done";
        var shown = (await pod.ExecAsync(first, "sh", "-c", namespaces)).Stdout.ToStringUtf8();
        shown.Should().Be((await pod.ExecAsync(second, "sh", "-c", namespaces)).Stdout.ToStringUtf8()).And.Contain("net:[");
        (await pod.ExecAsync(first, "cat", "/etc/resolv.conf")).Stdout.ToStringUtf8()
            .Should().Contain("nameserver 10.96.0.10").And.Contain("search default.svc.cluster.local").And.Contain("options ndots:5");
        (await pod.ExecAsync(first, "cat", "/etc/hostname")).Stdout.ToStringUtf8().Trim().Should().Be("shared");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_pod_of_many_layers_runs_its_image_command()
    {
        await using var node = await StartNodeAsync();
        var shell = PodRequests.Container("shell", Machine.Debian);
        shell.Args.Add(["bash", "-c", "python3.11 -c 'print(6 * 7)'; ls -d /usr/share/doc; cat /usr/share/common-licenses/*; pwd"]);
        var (pod, id) = await RunAsync(node, shell);

        (await pod.ExitedAsync(id)).ExitCode.Should().Be(0);
        await pod.Log(shell).WaitForAsync("/root");
        var lines = pod.Log(shell).Messages();
        lines.Should().Contain("42").And.Contain("the licences are in Debian's base-files");
        lines.Should().Contain(line => line.Contains("cannot access '/usr/share/doc'"), "a whiteout removed it");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task A_host_port_leads_to_the_pod()
    {
        await using var node = await StartNodeAsync(new TestNodeOptions { PortMappings = true });
        await node.PullAsync(Busybox);
        var configuration = PodRequests.Sandbox(node, "mapped");
        configuration.PortMappings.Add(new PortMapping { ContainerPort = 80, HostPort = 28417, HostIp = "127.0.0.1" });
        var pod = await TestPod.RunAsync(node, configuration);
        await pod.StartAsync(PodRequests.Container("web", Busybox, "httpd", "-f", "-h", "/www"));

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { Timeout = TimeSpan.FromSeconds(5) };
        var page = await Eventually.GetAsync(
            "the page", async () => await TryGetAsync(http, new Uri("http://127.0.0.1:28417/")), answer => answer is not null, TimeSpan.FromSeconds(60));
        page.Should().Be("hello from busybox\n");
        await node.StopAsync();
    }

    private static async Task<string?> TryGetAsync(HttpClient http, Uri address)
    {
        try
        {
            return await http.GetStringAsync(address);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}
