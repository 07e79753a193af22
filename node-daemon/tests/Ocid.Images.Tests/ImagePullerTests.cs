using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Ocid.Images.Pulling;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests;

public sealed class ImagePullerTests
{
    [SkippableTheory]
    [InlineData(ImageFormat.Oci)]
    [InlineData(ImageFormat.V2S2)]
    public async Task Podman_lists_mounts_and_gives_back_what_was_pulled(ImageFormat format)
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var reference = await registry.PushAsync(await TestImages.DebianAsync(), "debian", "v1", format);

        var pulled = await store.PullAsync(reference);

        var listed = JsonDocument.Parse(await store.PodmanAsync("images", "--format", "json", "--no-trunc")).RootElement[0];
        listed.GetProperty("Id").GetString().Should().Be(pulled.Id.Value);
        listed.GetProperty("Names")[0].GetString().Should().Be(reference);
        listed.GetProperty("Digest").GetString().Should().Be(pulled.ManifestDigest.ToString());

        var mounted = (await store.PodmanAsync("image", "mount", pulled.Id.Value)).Trim();
        File.Exists(Path.Combine(mounted, "usr/bin/bash")).Should().BeTrue();
        Directory.Exists(Path.Combine(mounted, "usr/share/doc")).Should().BeFalse();
        Directory.GetFileSystemEntries(Path.Combine(mounted, "usr/share/common-licenses")).Should().ContainSingle();
        await store.PodmanAsync("image", "umount", pulled.Id.Value);

        // Reading the layers back goes through the tar-split records; the peers check each digest.
        await store.PodmanAsync("push", "--quiet", "--tls-verify=false", pulled.Id.Value, $"docker://{registry.Host}/again:v1");
        (await DiffIdsAsync($"{registry.Host}/again:v1")).Should().Equal(await DiffIdsAsync(reference));
    }

    [SkippableTheory]
    [InlineData(ImageFormat.Oci)]
    [InlineData(ImageFormat.V2S1)]
    public async Task The_record_is_the_one_that_skopeo_writes(ImageFormat format)
    {
        await using var ours = await PulledStore.OpenAsync();
        await using var theirs = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync("compatibility:\n  schema1:\n    enabled: true");
        var reference = await registry.PushAsync(await TestImages.DebianAsync(), "debian", "v1", format);
        await Tool.RunAsync("skopeo", "copy", "--quiet", "--insecure-policy", "--src-tls-verify=false", $"docker://{reference}", $"{theirs.Transport}{reference}");

        await ours.PullAsync(reference);

        RecordOf(ours).Should().BeEquivalentTo(RecordOf(theirs));
        ours.Store.Layers.Select(l => (l.Id, l.Parent, l.DiffId, l.UncompressedSize, l.CompressedDigest, l.CompressedSize))
            .Should().BeEquivalentTo(await LayersOf(theirs));
    }

    [SkippableTheory]
    [InlineData("gzip")]
    [InlineData("zstd")]
    public async Task Files_are_those_that_podman_makes(string compression)
    {
        await using var ours = await PulledStore.OpenAsync();
        await using var theirs = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var reference = $"{registry.Host}/debian:v1";
        await Tool.RunAsync(
            "skopeo", "copy", "--quiet", "--insecure-policy", "--dest-tls-verify=false", "--dest-compress-format", compression, "--format", "oci",
            $"oci:{await TestImages.DebianAsync()}", $"docker://{reference}");

        await ours.PullAsync(reference);
        await theirs.PodmanAsync("pull", "--quiet", "--tls-verify=false", reference);

        (await FilesOf(ours, reference)).Should().Equal(await FilesOf(theirs, reference));
    }

    [SkippableFact]
    public async Task Layers_that_the_store_has_are_not_fetched()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var first = await registry.PushAsync(await TestImages.DebianAsync(), "debian", "v1");
        var second = await registry.PushAsync(await TestImages.DebianAsync(), "debian", "v2");
        await store.PullAsync(first);
        var progress = new Watcher();

        var pulled = await store.PullAsync(second, progress);

        progress.Seen.Should().NotContain(p => p.Stage == PullStage.Layer).And.Contain(p => p.Stage == PullStage.Done);
        var image = await store.Catalog.FindAsync(pulled.Id.Value, CancellationToken.None);
        image!.RepoTags.Should().BeEquivalentTo(first, second);
        image.RepoDigests.Should().Equal($"{registry.Host}/debian@{pulled.ManifestDigest}");
    }

    [SkippableFact]
    public async Task Pulls_at_once_of_one_image_are_one_pull()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var reference = await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox");
        var watchers = Enumerable.Range(0, 5).Select(_ => new Watcher()).ToArray();

        var pulls = await Task.WhenAll(watchers.Select(w => store.PullAsync(reference, w)));

        pulls.Distinct().Should().ContainSingle();
        store.Store.Images.Should().ContainSingle();
    }

    [SkippableFact]
    public async Task An_index_gives_the_image_of_this_machine_under_its_own_digest()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var single = await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox");
        var image = await Index.PushAsync(registry, "busybox", "multi");

        var pulled = await store.PullAsync($"{registry.Host}/busybox:multi");
        var byDigest = await store.PullAsync($"{registry.Host}/busybox@{image.Index}");

        pulled.ManifestDigest.Should().Be(image.Index);
        byDigest.Id.Should().Be(pulled.Id).And.Be((await store.PullAsync(single)).Id);
        foreach (var digest in new[] { image.Index, image.Manifest })
            (await store.Catalog.FindAsync($"{registry.Host}/busybox@{digest}", CancellationToken.None))!.Id.Should().Be(pulled.Id);
    }

    [SkippableFact]
    public async Task A_pull_that_is_cancelled_leaves_nothing_but_whole_layers()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        var reference = await registry.PushAsync(await TestImages.DebianAsync(), "debian");
        using var cancel = new CancellationTokenSource();

        var pull = () => store.PullAsync(reference, new Watcher(p =>
        {
            if (p.Stage == PullStage.Layer)
                cancel.Cancel();
        }), cancel.Token);

        await pull.Should().ThrowAsync<OperationCanceledException>();
        await store.Puller.DisposeAsync();
        store.Store.Images.Should().BeEmpty();
        store.Store.Layers.Should().BeEmpty();
        foreach (var left in Directory.GetDirectories(Path.Combine(store.Root, "overlay/tempdirs")))
            File.Exists(Path.Combine(left, "verified.json")).Should().BeTrue();
    }

    [SkippableFact]
    public async Task Cancelling_is_answered_within_100_ms_whatever_the_pull_is_at()
    {
        const int Instants = 8;
        await using var registry = await LocalRegistry.StartAsync();
        var reference = await registry.PushAsync(await TestImages.DebianAsync(), "debian");
        var whole = TimeSpan.MaxValue;
        for (var i = 0; i < 2; i++) // the first is slower
        {
            await using var store = await PulledStore.OpenAsync();
            var started = Stopwatch.GetTimestamp();
            await store.PullAsync(reference);
            whole = whole < Stopwatch.GetElapsedTime(started) ? whole : Stopwatch.GetElapsedTime(started);
        }

        var answers = new List<TimeSpan>();

        for (var i = 0; i < Instants; i++)
        {
            await using var store = await PulledStore.OpenAsync();
            using var cancel = new CancellationTokenSource();
            var pull = store.PullAsync(reference, null, cancel.Token);
            await Task.WhenAny(pull, Task.Delay(whole * i / Instants));
            var asked = Stopwatch.StartNew();
            cancel.Cancel();
            await ((Task)pull).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (pull.IsCanceled) // and not done before
                answers.Add(asked.Elapsed);
        }

        // The one in the middle: a busy machine may keep a few of them waiting.
        answers.Should().HaveCountGreaterThan(Instants / 3);
        answers.Order().ElementAt(answers.Count / 2).Should().BeLessThan(TimeSpan.FromMilliseconds(100));
    }

    [SkippableFact]
    public async Task An_image_that_is_not_there_is_not_found()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();

        var pull = () => store.PullAsync($"{registry.Host}/nothing:v1");

        (await pull.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.NotFound);
    }

    [SkippableFact]
    public async Task A_layer_of_another_content_is_refused_and_leaves_nothing()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = await LocalRegistry.StartAsync();
        await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox");
        await Index.PushLyingAsync(registry, "busybox", "lie");

        var pull = () => store.PullAsync($"{registry.Host}/busybox:lie");

        (await pull.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.DataLoss);
        store.ShouldBeEmpty();
    }

    private static async Task<string[]> FilesOf(PulledStore store, string reference)
    {
        var mounted = (await store.PodmanAsync("image", "mount", reference)).Trim();
        // Directories that no entry describes have the time at which they were made.
        var files = await Tool.RunAsync("find", mounted, "-mindepth", "1", "(", "-type", "d", "-printf", @"%P %y %m %U %G\n", ")", "-o", "-printf", @"%P %y %m %U %G %T@ %l\n");
        var sums = await Tool.RunInAsync(mounted, "find", ".", "-type", "f", "-exec", "sha256sum", "{}", "+");
        await store.PodmanAsync("image", "umount", reference);
        return [.. (files + sums).Split('\n').Order(StringComparer.Ordinal)];
    }

    private static async Task<string[]> DiffIdsAsync(string reference)
    {
        var config = await Tool.RunAsync("skopeo", "inspect", "--tls-verify=false", "--config", $"docker://{reference}");
        return [.. JsonDocument.Parse(config).RootElement.GetProperty("rootfs").GetProperty("diff_ids").EnumerateArray().Select(d => d.GetString()!)];
    }

    // The image's record with what is the same wherever it is made.
    private static Dictionary<string, string> RecordOf(PulledStore store)
    {
        var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(store.Root, "overlay-images/images.json"))).RootElement[0];
        string[] members = ["id", "digest", "names", "layer", "metadata", "big-data-names", "big-data-sizes", "big-data-digests", "created"];
        return members.ToDictionary(name => name, name => !record.TryGetProperty(name, out var value) ? "(absent)"
            : name == "created" ? value.ToString()[..26] // .NET's ticks are of a hundred nanoseconds
            : Ordered(value));
    }

    private static string Ordered(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => string.Join('\n', value.EnumerateArray().Select(v => v.ToString()).Order()),
        JsonValueKind.Object => string.Join('\n', value.EnumerateObject().Select(v => v.ToString()).Order()),
        _ => value.ToString(),
    };

    private static async Task<IEnumerable<object>> LayersOf(PulledStore store)
    {
        await store.Store.RefreshAsync(CancellationToken.None);
        return store.Store.Layers.Select(l => (object)(l.Id, l.Parent, l.DiffId, l.UncompressedSize, l.CompressedDigest, l.CompressedSize));
    }

    private sealed class Watcher(Action<PullProgress>? then = null) : IProgress<PullProgress>
    {
        public ConcurrentQueue<PullProgress> Seen { get; } = new();

        public void Report(PullProgress value)
        {
            Seen.Enqueue(value);
            then?.Invoke(value);
        }
    }
}
