using System.Text.Json;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Peers;

/// <summary>podman, skopeo and buildah look at the store that we pulled into.</summary>
public sealed class StorePeersTests(TestMachine machine) : NodeTests(machine)
{
    [SkippableFact]
    public async Task Podman_lists_and_mounts_and_skopeo_copies_what_was_pulled()
    {
        Skip.If(Tool.FirstMissing("podman") is not null, "needs podman");
        SkipUnlessTheMachineCan();
        await using var registry = await LocalRegistry.StartAsync();
        await using var node = await StartNodeAsync();
        var id = await node.PullAsync(Machine.Debian);

        var images = JsonDocument.Parse(await PodmanAsync(node, "images", "--format", "json", "--no-trunc")).RootElement;
        images.GetArrayLength().Should().Be(1);
        images[0].GetProperty("Id").GetString().Should().Be(Bare(id));
        images[0].GetProperty("Names")[0].GetString().Should().Be(Machine.Debian);

        var mounted = (await PodmanAsync(node, "image", "mount", Machine.Debian)).Trim();
        File.ReadAllText(Path.Combine(mounted, "etc/debian_version")).Should().StartWith("12");
        Directory.Exists(Path.Combine(mounted, "usr/share/doc")).Should().BeFalse("a whiteout removed it");
        await PodmanAsync(node, "image", "unmount", Machine.Debian);

        var store = $"containers-storage:[overlay@{node.Folders.Storage}+{node.Folders.RunRoot}]{Machine.Debian}";
        await Tool.RunAsync("skopeo", "copy", "--quiet", "--insecure-policy", "--dest-tls-verify=false", store, $"docker://{registry.Host}/copied:1");
        var copied = JsonDocument.Parse(await Tool.RunAsync("skopeo", "inspect", "--tls-verify=false", "--config", $"docker://{registry.Host}/copied:1"));
        copied.RootElement.GetProperty("rootfs").GetProperty("diff_ids").GetArrayLength().Should().Be(5);
        await node.RemoveImageAsync(Machine.Debian);
        await StopAfterPeersAsync(node);
    }

    [SkippableFact]
    public async Task An_image_that_podman_removes_is_gone_from_our_list()
    {
        Skip.If(Tool.FirstMissing("podman") is not null, "needs podman");
        await using var node = await StartNodeAsync();
        await node.PullAsync(Busybox);

        await PodmanAsync(node, "rmi", Busybox);

        await Eventually.GetAsync("the image is gone", node.ListImagesAsync, images => images.Count == 0);
        await StopAfterPeersAsync(node);
    }

    /// <summary>podman keeps the bind mount of overlay/ that it makes on every start, and files of its own.</summary>
    private static async Task StopAfterPeersAsync(TestNode node)
    {
        await Tool.TryRunAsync(null, "umount", Path.Combine(node.Folders.Storage, "overlay"));
        node.ForgetFiles();
        await node.StopAsync();
    }

    private static Task<string> PodmanAsync(TestNode node, params string[] arguments) => Tool.RunAsync(
        "podman",
        ["--root", node.Folders.Storage, "--runroot", node.Folders.RunRoot, "--tmpdir", Path.Combine(node.Folders.RunRoot, "libpod"), "--storage-driver", "overlay", "--cgroup-manager", "cgroupfs", "--events-backend", "none", .. arguments]);

    private static string Bare(string id) => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
}
