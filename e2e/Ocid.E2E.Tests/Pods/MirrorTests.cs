using System.Globalization;
using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Pods;

public sealed class MirrorTests(TestMachine machine) : NodeTests(machine)
{
    private const string Image = "origin.invalid/busybox:latest";

    [SkippableFact]
    public async Task A_pull_goes_through_a_mirror_that_registries_conf_names_since()
    {
        await using var node = await StartNodeAsync();
        var pull = () => node.PullAsync(Image);
        await pull.Should().ThrowAsync<RpcException>();

        await WriteAsync(node, $"unqualified-search-registries = ['origin.invalid']\n[[registry]]\nlocation = 'origin.invalid'\n[[registry.mirror]]\nlocation = '{Machine.Registry}'\ninsecure = true");
        await pull();
        await WriteAsync(node, "[[registry]]\nlocation = 'https://origin.invalid'");
        await Tool.RunAsync("kill", "-HUP", node.Daemon.Id.ToString(CultureInfo.InvariantCulture));
        await Eventually.IsTrueAsync("the daemon says what is wrong", () => node.DaemonOutput().Contains("registries.conf:2:12: ", StringComparison.Ordinal));
        await pull();

        foreach (var name in new[] { Image, "busybox" })
        {
            var status = await node.Images.ImageStatusAsync(new ImageStatusRequest { Image = new ImageSpec { Image = name } });
            status.Image.RepoTags.Should().Contain(Image);
        }

        node.DaemonOutput().Should().Contain($"{Image} is served by {Machine.Registry}, endpoint 1 of 2");
        await node.StopAsync();
    }

    private static Task WriteAsync(TestNode node, string content) =>
        File.WriteAllTextAsync(Path.Combine(node.Folders.ImageConfiguration, "registries.conf"), content);
}
