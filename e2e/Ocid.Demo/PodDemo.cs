using System.Globalization;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.Demo;

/// <summary>The main job on real input: from an image in a registry to a pod that answers HTTP, and back to an untouched machine.</summary>
internal sealed class PodDemo(Steps steps, string runtime)
{
    public async Task RunAsync()
    {
        steps.Title("OCID: a pod on this machine, from pull to removal");
        var busybox = await steps.RunAsync("build the busybox image", TestImages.BusyboxAsync, _ => "Debian's busybox-static, 1 layer, by umoci");
        var debian = await steps.RunAsync("build the Debian image", TestImages.DebianAsync, _ => "Debian packages, 5 layers, by umoci");
        var registry = await steps.RunAsync("start a registry", () => LocalRegistry.StartAsync(), registry => registry.Host);
        await using (registry)
        {
            var small = await steps.RunAsync("push the busybox image", () => registry.PushAsync(busybox, "busybox"), name => name);
            var large = await steps.RunAsync("push the Debian image", () => registry.PushAsync(debian, "debian", "12"), name => name);
            var node = await steps.RunAsync(
                "start ocid monitor and ocid serve", () => TestNode.StartAsync(new TestNodeOptions { Runtime = runtime, Registry = registry.Host }), node => node.Folders.Socket);
            await using (node)
            {
                await RunPodAsync(node, small, large);
                await steps.RunAsync("stop ocid; compare the machine with before", node.StopAsync);
            }
        }
        steps.Done("Nothing left behind: no process, mount, namespace, interface, packet filter rule, cgroup or file.");
    }

    private async Task RunPodAsync(TestNode node, string small, string large)
    {
        await steps.RunAsync(
            "Version", async () => await node.Runtime.VersionAsync(new VersionRequest()), answer => $"{answer.RuntimeName} {answer.RuntimeVersion}");
        foreach (var image in new[] { small, large })
            await steps.RunAsync($"PullImage {image[(image.IndexOf('/', StringComparison.Ordinal) + 1)..]}", () => node.PullAsync(image), Short);

        var pod = await steps.RunAsync($"RunPodSandbox ({runtime}, CNI bridge)", () => TestPod.RunAsync(node, "demo"), pod => Short(pod.Id));
        var address = await steps.RunAsync("PodSandboxStatus", pod.AddressAsync, address => address);

        var web = PodRequests.Script("web", small, "trap 'kill $!; exit 0' TERM; echo listening on port 80; httpd -f -h /www & wait");
        var webId = await steps.RunAsync("CreateContainer web", () => pod.CreateAsync(web), Short);
        await steps.RunAsync("StartContainer web", () => StartAsync(node, webId));
        await steps.RunAsync("read its log", () => web.WaitForLogAsync(pod, "listening on port 80"), line => $"{line.Stream}: {line.Message}");
        await steps.RunAsync("ExecSync web: id", () => pod.ExecAsync(webId, "id"), answer => answer.Stdout.ToStringUtf8().Trim());
        await steps.RunAsync("ContainerStats web", () => StatsAsync(node, webId), Describe);
        await steps.RunAsync($"HTTP request to {address}", () => RequestAsync(address), text => text);

        var shell = PodRequests.Container("shell", large, "bash", "-c", ". /etc/os-release; echo $PRETTY_NAME; python3.11 -c 'print(6 * 7)'");
        var shellId = await steps.RunAsync("CreateContainer, StartContainer shell", () => pod.StartAsync(shell), Short);
        await steps.RunAsync("ContainerStatus shell", () => pod.ExitedAsync(shellId), status => $"exit status {status.ExitCode}, {status.Reason}");
        await steps.RunAsync("read its log", () => shell.WaitForLogAsync(pod, "42"), _ => string.Join(" | ", pod.Log(shell).Messages()));

        await steps.RunAsync("StopContainer web", () => pod.StopAsync(webId, 5));
        foreach (var id in new[] { webId, shellId })
            await steps.RunAsync($"RemoveContainer {(id == webId ? "web" : "shell")}", () => RemoveAsync(node, id));
        await steps.RunAsync("StopPodSandbox, RemovePodSandbox", pod.RemoveAsync);
        foreach (var image in new[] { small, large })
            await steps.RunAsync($"RemoveImage {image[(image.IndexOf('/', StringComparison.Ordinal) + 1)..]}", () => node.RemoveImageAsync(image));
    }

    private static async Task StartAsync(TestNode node, string id) =>
        await node.Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = id });

    private static async Task RemoveAsync(TestNode node, string id) =>
        await node.Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = id });

    private static async Task<ContainerStats> StatsAsync(TestNode node, string id) =>
        (await node.Runtime.ContainerStatsAsync(new ContainerStatsRequest { ContainerId = id })).Stats;

    private static async Task<string> RequestAsync(string address)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return (await http.GetStringAsync(new Uri($"http://{address}/"))).Trim();
    }

    private static string Describe(ContainerStats stats) => string.Create(
        CultureInfo.InvariantCulture,
        $"CPU {stats.Cpu.UsageCoreNanoSeconds.Value / 1e6:0.0} ms, memory {stats.Memory.WorkingSetBytes.Value / 1024.0:0} KiB");

    private static string Short(string id) => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..][..12];
}
