using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Peers;

/// <summary>A client that is not ours runs a pod: crictl, by the path in $OCID_CRICTL.</summary>
public sealed class CrictlTests(TestMachine machine) : NodeTests(machine)
{
    private static readonly string? Program = new[] { Environment.GetEnvironmentVariable("OCID_CRICTL"), "/opt/peers/bin/crictl", Tool.Find("crictl") }
        .FirstOrDefault(File.Exists);

    [SkippableFact]
    public async Task Crictl_runs_a_whole_pod()
    {
        Skip.If(Program is null, "needs crictl: set OCID_CRICTL to its path");
        await using var node = await StartNodeAsync();
        var files = Directory.CreateTempSubdirectory("ocid-crictl-").FullName;
        try
        {
            await RunAsync(node, "pull", Busybox);
            var sandbox = PodRequests.Sandbox(node, "crictl");
            var sandboxFile = await WriteAsync(files, "pod.json", sandbox);
            var container = PodRequests.Script("hello", Busybox, "echo hello from crictl; sleep 1000");
            var containerFile = await WriteAsync(files, "container.json", container);

            var pod = (await RunAsync(node, "runp", sandboxFile)).Trim();
            var id = (await RunAsync(node, "create", pod, containerFile, sandboxFile)).Trim();
            await RunAsync(node, "start", id);

            (await RunAsync(node, "pods", "-q")).Trim().Should().Be(pod);
            (await RunAsync(node, "ps", "-q")).Trim().Should().Be(id);
            JsonDocument.Parse(await RunAsync(node, "inspect", id)).RootElement.GetProperty("status").GetProperty("state").GetString().Should().Be("CONTAINER_RUNNING");
            JsonDocument.Parse(await RunAsync(node, "inspectp", pod)).RootElement.GetProperty("status").GetProperty("network").GetProperty("ip").GetString().Should().StartWith(node.Network.Subnet);
            await Eventually.GetAsync("the log", () => RunAsync(node, "logs", id), text => text.Contains("hello from crictl"));
            (await RunAsync(node, "exec", "--sync", id, "echo", "executed")).Trim().Should().Be("executed");
            (await RunAsync(node, "stats", "-o", "json", id)).Should().Contain("workingSetBytes");
            (await RunAsync(node, "images", "-q")).Trim().Should().NotBeEmpty();
            JsonDocument.Parse(await RunAsync(node, "info")).RootElement.GetProperty("status").GetProperty("conditions").GetArrayLength().Should().BePositive();

            await RunAsync(node, "stop", id);
            await RunAsync(node, "rm", id);
            await RunAsync(node, "stopp", pod);
            await RunAsync(node, "rmp", pod);
            await RunAsync(node, "rmi", Busybox);
            await node.StopAsync();
        }
        finally
        {
            Directory.Delete(files, recursive: true);
        }
    }

    private static Task<string> RunAsync(TestNode node, params string[] arguments)
    {
        var socket = $"unix://{node.Folders.Socket}";
        return Tool.RunAsync(Program!, ["--config", "/dev/null", "--runtime-endpoint", socket, "--image-endpoint", socket, "--timeout", "20s", .. arguments]);
    }

    private static async Task<string> WriteAsync(string folder, string name, IMessage message)
    {
        var path = Path.Combine(folder, name);
        var json = new JsonFormatter(JsonFormatter.Settings.Default.WithPreserveProtoFieldNames(true).WithFormatEnumsAsIntegers(true)).Format(message);
        // crictl reads Go's JSON of the structures, where a 64-bit number is a number.
        await File.WriteAllTextAsync(path, Regex.Replace(json, ": \"([0-9]+)\"", ": $1"));
        return path;
    }
}
