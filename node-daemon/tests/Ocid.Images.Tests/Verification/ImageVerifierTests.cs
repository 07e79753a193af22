using Ocid.Images.Verification;
using Ocid.Primitives;
using Ocid.Storage;
using Ocid.Testing;

namespace Ocid.Images.Tests.Verification;

public sealed class ImageVerifierTests
{
    [SkippableFact]
    public async Task An_image_that_nobody_touched_is_sound()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var reference = await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox");
        var id = (await store.PodmanAsync("pull", "--quiet", "--tls-verify=false", reference)).Trim();

        var verified = await VerifyAsync(store, id);

        verified.IsSound.Should().BeTrue();
        verified.Findings.Select(f => (f.Check, f.Result)).Should().Equal(
            (ImageCheck.Registry, CheckResult.Passed), (ImageCheck.Signature, CheckResult.Passed), (ImageCheck.Files, CheckResult.Passed));
    }

    [SkippableFact]
    public async Task A_tag_that_moved_is_named_with_the_layers_that_differ()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var reference = await registry.PushAsync(await TestImages.BusyboxAsync(), "app");
        var pulled = await store.PullAsync(reference);
        var container = ContainerId.New();
        await store.Store.CreateContainerAsync(new ContainerCreation { Id = container, ImageId = pulled.Id }, default);

        await registry.PushAsync(await OtherAsync(store), "app");

        var verified = await VerifyAsync(store, pulled.Id.Value);
        verified.IsSound.Should().BeFalse();
        verified.Containers.Should().Equal(container);
        verified.Findings.Where(f => f.Check == ImageCheck.Registry).Should().HaveCount(2).And.OnlyContain(f => f.Result == CheckResult.Differs);
        (await VerifyAsync(store, pulled.Id.Value, new VerifyOptions { Offline = true })).IsSound.Should().BeTrue();
    }

    [SkippableFact]
    public async Task The_same_image_in_another_format_is_the_same()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var pulled = await store.PullAsync(await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox"));

        await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox", format: ImageFormat.V2S2);

        (await VerifyAsync(store, pulled.Id.Value)).IsSound.Should().BeTrue();
    }

    [SkippableFact]
    public async Task A_file_that_changed_on_disk_is_named_by_its_path()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var pulled = await store.PullAsync(await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox"));
        var layer = store.Store.Layers[0];
        var diff = Path.Combine(store.Root, "overlay", layer.Id.Value, "diff");
        await File.AppendAllTextAsync(Path.Combine(diff, "etc/passwd"), "intruder:x:0:0::/:\n");
        await File.WriteAllTextAsync(Path.Combine(diff, "etc/new"), "");
        File.Delete(Path.Combine(diff, "www/index.html"));

        var verified = await VerifyAsync(store, pulled.Id.Value);

        verified.Findings.Where(f => f.Result == CheckResult.Differs).Should().OnlyContain(f => f.Subject == layer.DiffId!.ToString())
            .And.Subject.Select(f => (f.Path, f.Detail.Split(':')[0])).Should().Equal(("/etc/new", "extra"), ("/etc/passwd", "changed"), ("/www/index.html", "missing"));
    }

    [SkippableFact]
    public async Task An_image_that_the_policy_does_not_let_in_any_more_is_named()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var pulled = await store.PullAsync(await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox"));
        Directory.CreateDirectory(store.Etc);
        await File.WriteAllTextAsync(Path.Combine(store.Etc, "policy.json"), """{"default":[{"type":"reject"}]}""");

        foreach (var offline in new[] { true, false })
        {
            var verified = await VerifyAsync(store, pulled.Id.Value, new VerifyOptions { TlsVerify = false, Offline = offline });
            verified.Findings.Where(f => f.Result == CheckResult.Differs).Should().ContainSingle().Which.Should().Match<ImageFinding>(f => f.Check == ImageCheck.Signature && f.Detail.Contains("reject"));
        }
    }

    [SkippableFact]
    public async Task A_registry_that_does_not_answer_is_no_good_news()
    {
        await using var store = await PulledStore.OpenAsync();
        var registry = await LocalRegistry.StartAsync();
        var pulled = await store.PullAsync(await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox"));
        await registry.DisposeAsync();

        var verified = await VerifyAsync(store, pulled.Id.Value);

        verified.IsSound.Should().BeFalse();
        verified.Findings[0].Should().Match<ImageFinding>(f => f.Check == ImageCheck.Registry && f.Result == CheckResult.Unknown);
    }

    [SkippableFact]
    public async Task An_image_that_the_registry_deleted_differs()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var reference = await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox");
        var pulled = await store.PullAsync(reference);
        await Tool.RunAsync("skopeo", "delete", "--tls-verify=false", $"docker://{reference}");

        (await VerifyAsync(store, pulled.Id.Value)).Findings[0].Should().Match<ImageFinding>(f => f.Check == ImageCheck.Registry && f.Result == CheckResult.Differs);
    }

    private static Task<VerifiedImage> VerifyAsync(PulledStore store, string image, VerifyOptions? options = null) =>
        new ImageVerifier(store.Store, store.Registries, store.SignaturePolicy).VerifyAsync(image, options ?? new VerifyOptions { TlsVerify = false }, default);

    // The busybox image with a layer more.
    private static async Task<string> OtherAsync(PulledStore store)
    {
        var content = Directory.CreateDirectory(Path.Combine(store.Etc, "content")).FullName;
        await File.WriteAllTextAsync(Path.Combine(content, "more"), "more");
        var layout = Path.Combine(store.Etc, "other");
        await Tool.RunAsync("skopeo", "copy", "--quiet", "--insecure-policy", $"oci:{await TestImages.BusyboxAsync()}", $"oci:{layout}:latest");
        await Tool.RunAsync("umoci", "insert", "--image", $"{layout}:latest", content, "/more");
        return $"{layout}:latest";
    }
}
