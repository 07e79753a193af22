using System.Text.Json;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;

namespace Ocid.E2E.Tests.Programs;

/// <summary>The engineer on a node: a Kubernetes Pod manifest run by <c>ocid run</c>, without a cluster.</summary>
public sealed class CommandLineTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task A_pod_manifest_runs_and_can_be_listed_read_entered_stopped_and_removed()
    {
        await using var node = await StartNodeAsync();
        var manifest = Path.Combine(node.Folders.Root, "pod.yaml");
        await File.WriteAllTextAsync(manifest, $"""
            apiVersion: v1
            kind: Pod
            metadata:
              name: hello
              labels:
                app: hello
            spec:
              containers:
              - name: web
                image: {Busybox}
                command: ["sh", "-c"]
                args: ["echo hello $GREETED; exec httpd -f -h /www"]
                env:
                - name: GREETED
                  value: world
                resources:
                  limits:
                    memory: 64Mi

            """);

        await node.OcidAsync("run", manifest);

        JsonDocument.Parse(await node.OcidAsync("pods", "--output", "json")).RootElement.GetRawText().Should().Contain("hello");
        (await node.OcidAsync("ps")).Should().Contain("web");
        (await node.OcidAsync("images")).Should().Contain("busybox");
        await Eventually.GetAsync("the log", () => node.OcidAsync("logs", "hello"), text => text.Contains("hello world"));
        (await node.OcidAsync("exec", "hello/web", "--", "hostname")).Trim().Should().Be("hello");
        (await node.OcidAsync("status")).Should().NotBeEmpty();
        await node.OcidAsync("stop", "hello");
        await node.OcidAsync("rm", "hello");
        (await node.OcidAsync("pods")).Should().NotContain("hello");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task Pull_names_the_image_and_a_missing_one_is_an_error()
    {
        await using var node = await StartNodeAsync();

        await node.OcidAsync("pull", Busybox);

        (await node.ListImagesAsync()).Should().ContainSingle();
        var failed = await node.TryOcidAsync("pull", Busybox.Replace("busybox", "absent"));
        failed.ExitCode.Should().NotBe(0);
        failed.Error.Trim().Should().Contain("absent").And.NotContain("   at ");
        await node.StopAsync();
    }

    [SkippableFact]
    public async Task Version_and_the_default_configuration_need_no_daemon()
    {
        SkipUnlessTheMachineCan();
        await using var node = await TestNode.PrepareAsync();

        (await node.OcidAsync("version")).Should().Contain("0.1.0");
        (await node.OcidAsync("config", "validate")).Should().NotContain("error");
        (await node.OcidAsync("config", "show")).Should().Contain(node.Folders.Storage);
        (await node.OcidAsync("config", "default")).Should().Contain("[storage]");
    }
}
