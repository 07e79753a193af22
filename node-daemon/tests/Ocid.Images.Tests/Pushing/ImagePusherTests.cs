using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Images.Pushing;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests.Pushing;

public sealed class ImagePusherTests
{
    [SkippableTheory]
    [InlineData(ImageFormat.Oci)]
    [InlineData(ImageFormat.V2S2)]
    public async Task Within_a_registry_nothing_is_sent_and_the_digest_stays(ImageFormat format)
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var pulled = await store.PullAsync(await registry.PushAsync(await TestImages.DebianAsync(), "debian", "v1", format));
        var progress = new Watcher();

        var pushed = await PushAsync(store, pulled.Id.Value, $"{registry.Host}/team/other:v2", new PushOptions { TlsVerify = false }, progress);

        pushed.ManifestDigest.Should().Be(pulled.ManifestDigest);
        progress.Seen.Should().OnlyContain(p => p.Stage != PushStage.Layer && p.Stage != PushStage.LayerSent);
        (await RawAsync(pushed)).Should().Equal(await RawAsync($"{registry.Host}/debian:v1"));
    }

    [SkippableFact]
    public async Task To_another_registry_layers_are_compressed_anew_and_the_image_stays_the_same()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        await using var other = await LocalRegistry.StartAsync();
        var pulled = await store.PullAsync(await registry.PushAsync(await TestImages.DebianAsync(), "debian", "v1"));

        var pushed = await PushAsync(store, pulled.Reference.ToString(), $"{other.Host}/debian:v1");
        var progress = new Watcher();
        var again = await PushAsync(store, pulled.Id.Value, $"{other.Host}/debian:v1", null, progress);

        pushed.Id.Should().Be(pulled.Id);
        again.ManifestDigest.Should().Be(pushed.ManifestDigest);
        progress.Seen.Count(p => p.Stage == PushStage.LayerReused).Should().Be(5);
        await using var fresh = await PulledStore.OpenAsync();
        (await fresh.PodmanAsync("pull", "--quiet", "--tls-verify=false", $"{other.Host}/debian:v1")).Trim().Should().Be(pulled.Id.Value);
    }

    [SkippableFact]
    public async Task An_image_of_uncompressed_layers_keeps_its_manifest_wherever_it_goes()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var id = await store.ImportAsync("localhost/made:1");

        var pushed = await PushAsync(store, id, $"{registry.Host}/made:1");

        (await store.Store.ReadImageBigDataAsync(ImageId.Parse(id), "manifest", default)).Should().Equal(await RawAsync(pushed));
        store.Store.Images[0].Digest.Should().Be(pushed.ManifestDigest);
    }

    [SkippableTheory]
    [InlineData(ImageFormat.Oci, ManifestFormat.DockerV2S2)]
    [InlineData(ImageFormat.V2S2, ManifestFormat.Oci)]
    public async Task The_other_format_has_the_same_configuration_and_blobs(ImageFormat from, ManifestFormat to)
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var pulled = await store.PullAsync(await registry.PushAsync(await TestImages.DebianAsync(), "debian", "v1", from));

        var pushed = await PushAsync(store, pulled.Id.Value, $"{registry.Host}/debian:v2", new PushOptions { TlsVerify = false, Format = to });

        await using var fresh = await PulledStore.OpenAsync();
        (await fresh.PullAsync($"{registry.Host}/debian:v2")).Id.Should().Be(pulled.Id);
        if (to == ManifestFormat.DockerV2S2)
        {
            await Tool.RunAsync("skopeo", "copy", "--quiet", "--insecure-policy", "--src-tls-verify=false", "--dest-tls-verify=false", "--format", "v2s2", $"docker://{pulled.Reference}", $"docker://{registry.Host}/debian:v3");
            (await RawAsync($"{registry.Host}/debian:v3")).Should().Equal(await RawAsync(pushed));
        }
    }

    [SkippableFact]
    public async Task A_layer_whose_files_changed_is_not_pushed()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        await using var other = await LocalRegistry.StartAsync();
        var pulled = await store.PullAsync(await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox"));
        await File.AppendAllTextAsync(Path.Combine(store.Root, "overlay", store.Store.Layers[0].Id.Value, "diff/etc/passwd"), "intruder");

        var push = () => PushAsync(store, pulled.Id.Value, $"{other.Host}/busybox");

        var failure = (await push.Should().ThrowAsync<OcidException>()).Which;
        failure.Kind.Should().Be(ErrorKind.DataLoss);
        failure.Message.Should().Contain("etc/passwd");
        (await Tool.TryRunAsync(null, "skopeo", "inspect", "--tls-verify=false", $"docker://{other.Host}/busybox")).ExitCode.Should().NotBe(0);
    }

    [SkippableFact]
    public async Task A_destination_with_another_digest_is_refused()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var pulled = await store.PullAsync(await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox"));

        (await PushAsync(store, pulled.Id.Value, $"{registry.Host}/other@{pulled.ManifestDigest}")).ManifestDigest.Should().Be(pulled.ManifestDigest);
        var push = () => PushAsync(store, pulled.Id.Value, $"{registry.Host}/other@{Digest.Sha256("another"u8)}");

        (await push.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.FailedPrecondition);
    }

    [SkippableFact]
    public async Task A_push_that_is_cancelled_names_nothing()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        await using var other = await LocalRegistry.StartAsync();
        var pulled = await store.PullAsync(await registry.PushAsync(await TestImages.DebianAsync(), "debian", "v1"));
        using var cancel = new CancellationTokenSource();

        var push = () => PushAsync(store, pulled.Id.Value, $"{other.Host}/debian:v1", null, new Watcher(p =>
        {
            if (p.Stage == PushStage.Layer)
                cancel.Cancel();
        }), cancel.Token);

        await push.Should().ThrowAsync<OperationCanceledException>();
        (await Tool.TryRunAsync(null, "skopeo", "list-tags", "--tls-verify=false", $"docker://{other.Host}/debian")).Output.Should().NotContain("v1");
    }

    private static Task<PushedImage> PushAsync(
        PulledStore store, string image, string destination, PushOptions? options = null, IProgress<PushProgress>? progress = null, CancellationToken ct = default) =>
        new ImagePusher(store.Store, store.Registries, NullLoggerFactory.Instance)
            .PushAsync(image, ImageReference.Parse(destination), options ?? new PushOptions { TlsVerify = false }, progress, ct);

    private static Task<byte[]> RawAsync(PushedImage image) => RawAsync($"{image.Reference.Name}@{image.ManifestDigest}");

    private static async Task<byte[]> RawAsync(string reference) =>
        System.Text.Encoding.UTF8.GetBytes(await Tool.RunAsync("skopeo", "inspect", "--raw", "--tls-verify=false", $"docker://{reference}"));

    private sealed class Watcher(Action<PushProgress>? then = null) : IProgress<PushProgress>
    {
        public ConcurrentQueue<PushProgress> Seen { get; } = new();

        public void Report(PushProgress value)
        {
            Seen.Enqueue(value);
            then?.Invoke(value);
        }
    }
}
