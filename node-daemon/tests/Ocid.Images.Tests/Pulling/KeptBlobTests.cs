using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Images.Manifests;
using Ocid.Images.Pulling;
using Ocid.Images.Registry;
using Ocid.Images.Repairing;
using Ocid.Primitives;

namespace Ocid.Images.Tests.Pulling;

/// <summary>A pull that was interrupted within a big layer goes on within it.</summary>
public sealed class KeptBlobTests
{
    private const int Size = 12 << 20;
    private const int Most = 8 << 20;
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly MemoryRegistry.Layer _layer = MemoryRegistry.MakeLayer("random", RandomNumberGenerator.GetBytes(Size), CompressionLevel.NoCompression);

    [SkippableFact]
    public async Task What_came_before_a_restart_is_not_fetched_again()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        var reference = await InterruptAsync(store, registry);
        var before = registry.Sent(_layer.Digest);
        var kept = new FileInfo(Kept(store)).Length;
        kept.Should().BeGreaterThan(1 << 20);

        await using var restarted = await store.ReopenAsync(TimeSpan.FromHours(1));
        await restarted.PullAsync(reference).WaitAsync(Soon);

        (registry.Sent(_layer.Digest) - before).Should().Be(_layer.Blob.Length - kept);
        registry.Ranges.Should().Equal($"bytes={kept}-");
        restarted.Store.Layers.Single().CompressedDigest.Should().Be(_layer.Digest);
        await restarted.ShouldHaveNothingStagedAsync();
    }

    [SkippableFact]
    public async Task A_repair_goes_on_where_the_one_before_was_interrupted()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        await store.PullAsync(registry.Add("one", _layer)).WaitAsync(Soon);
        var layer = store.Store.Layers.Single().Id;
        await InterruptAsync(store, registry, (puller, ct) => Repair(store, puller).FetchLayerAsync(layer, ct));
        var (before, kept) = (registry.Sent(_layer.Digest), new FileInfo(Kept(store)).Length);
        kept.Should().BeGreaterThan(1 << 20);

        await using (var puller = Puller(store, TimeSpan.Zero))
            await Repair(store, puller).FetchLayerAsync(layer, CancellationToken.None).WaitAsync(Soon);

        (registry.Sent(_layer.Digest) - before).Should().Be(_layer.Blob.Length - kept);
        (await store.Store.CheckAsync(contents: true, null, CancellationToken.None)).Problems.Should().BeEmpty();
        await store.ShouldHaveNothingStagedAsync();
    }

    [SkippableFact]
    public async Task What_came_before_the_network_was_slow_comes_again()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        var reference = registry.Add("one", _layer);
        var (time, transfer) = (new HurriedTime(), new BlobTransfer());
        await using (var spool = new BlobSpool(store.Store, new Descriptor { Digest = _layer.Digest, Size = _layer.Blob.Length }, transfer, time))
        {
            var bytes = spool.Over(new Waiting(_layer.Blob, Size / 2, () => time.Pass(transfer.KeepAfter)));
            bytes.ReadExactly(new byte[Size / 2]);
            bytes.ReadExactly(new byte[Most - (Size / 2)]);
            spool.Keep();
        }

        await using var restarted = await store.ReopenAsync(TimeSpan.FromHours(1));
        await restarted.PullAsync(reference).WaitAsync(Soon);

        registry.Sent(_layer.Digest).Should().Be(_layer.Blob.Length - (Most - (Size / 2)));
        registry.Ranges.Should().Equal($"bytes=0-{(Size / 2) - 1}", $"bytes={Most}-");
        await restarted.ShouldHaveNothingStagedAsync();
    }

    [SkippableFact]
    public async Task What_is_not_what_came_is_dropped_and_all_comes_anew()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        var reference = await InterruptAsync(store, registry);
        var before = registry.Sent(_layer.Digest);
        await using (var file = new FileStream(Kept(store), FileMode.Open))
        {
            file.Position = file.Length / 2;
            file.WriteByte((byte)(file.ReadByte() + 1));
        }

        await using var restarted = await store.ReopenAsync(TimeSpan.FromHours(1));
        await restarted.PullAsync(reference).WaitAsync(Soon);

        (registry.Sent(_layer.Digest) - before).Should().BeGreaterThan(_layer.Blob.Length);
        restarted.Store.Layers.Should().ContainSingle();
        await restarted.ShouldHaveNothingStagedAsync();
    }

    [SkippableFact]
    public async Task It_is_kept_for_a_time_only()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        await InterruptAsync(store, registry);

        await using var restarted = await store.ReopenAsync(TimeSpan.Zero);

        await restarted.ShouldHaveNothingStagedAsync();
    }

    [SkippableFact]
    public async Task A_pull_that_does_not_wait_for_the_network_writes_nothing_twice()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        var kept = new List<string>();
        var reference = registry.Add("one", _layer);
        registry.WithinBlob = (_, at) =>
        {
            kept.AddRange(at > Size / 2 ? KeptIn(store) : []);
            return Task.CompletedTask;
        };
        await using var puller = Puller(store, TimeSpan.FromMinutes(5));

        await PullAsync(puller, reference, CancellationToken.None);

        kept.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task The_rest_of_a_big_blob_comes_in_ranges()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        using var client = new RegistryClient(store.Registries.Transport, ImageReference.Parse(registry.Add("one", _layer)), null, tlsVerify: false, TimeProvider.System);
        var blob = new Descriptor { Digest = _layer.Digest, Size = _layer.Blob.Length };
        var transfer = new BlobTransfer { RangesFrom = 4 << 20, RangeLength = 1 << 20 };
        await using (var former = store.Store.KeepBlob(blob.Digest, 1000)!)
        {
            former.Append(_layer.Blob.AsSpan(1000, 3_000_000));
            former.Keep();
        }

        await using var spool = new BlobSpool(store.Store, blob, transfer, TimeProvider.System);
        await spool.TakeUpAsync(CancellationToken.None);
        using var stages = new Stages(CancellationToken.None);
        using var relay = new Relay(stages.Token);
        using var received = new MemoryStream();
        stages.Add(() => new BlobDownload(client, blob, transfer, TimeProvider.System, null) { Kept = spool.Former }.RunAsync(relay, stages.Token));
        stages.AddThread(() => spool.Over(relay).CopyTo(received, 10_000));
        await stages.WhenAllAsync().WaitAsync(Soon);

        received.ToArray().AsSpan().SequenceEqual(_layer.Blob).Should().BeTrue();
        registry.Ranges.Should().HaveCountGreaterThan(5).And.Contain("bytes=0-999").And.Contain($"bytes=3001000-{3_001_000 + (1 << 20) - 1}");
        registry.Sent(blob.Digest).Should().Be(_layer.Blob.Length - 3_000_000);
    }

    // Of a pull, or other work, as much as Most comes; then nothing, until it is cancelled.
    private async Task<string> InterruptAsync(PulledStore store, MemoryRegistry registry, Func<ImagePuller, CancellationToken, Task>? work = null)
    {
        var reference = registry.Add("one", _layer);
        using var cancel = new CancellationTokenSource();
        registry.WithinBlob = async (blob, at) =>
        {
            if (blob != _layer.Digest || at < Most)
                return;
            // What is on its way arrives first.
            while (KeptIn(store).All(file => new FileInfo(file).Length <= 1 << 20))
                await Task.Delay(10, cancel.Token);
            await cancel.CancelAsync();
            cancel.Token.ThrowIfCancellationRequested();
        };
        await using (var puller = Puller(store, TimeSpan.Zero))
            await FluentActions.Awaiting(() => work?.Invoke(puller, cancel.Token) ?? PullAsync(puller, reference, cancel.Token)).Should().ThrowAsync<OperationCanceledException>();
        registry.WithinBlob = (_, _) => Task.CompletedTask;
        registry.Ranges.Clear();
        return reference;
    }

    private static ImagePuller Puller(PulledStore store, TimeSpan keepAfter) =>
        new(store.Store, store.Registries, store.SignaturePolicy, NullLoggerFactory.Instance) { KeepBlobsAfter = keepAfter };

    private static Task<PulledImage> PullAsync(ImagePuller puller, string reference, CancellationToken ct) =>
        puller.PullAsync(ImageReference.Parse(reference), new PullOptions { TlsVerify = false }, null, ct).WaitAsync(Soon, CancellationToken.None);

    private static ImageRepair Repair(PulledStore store, ImagePuller puller) => new(store.Store, store.Registries, puller) { Access = new PullOptions { TlsVerify = false } };

    private static string Kept(PulledStore store) => KeptIn(store).Single();

    private static string[] KeptIn(PulledStore store) => Directory.GetFiles(Path.Combine(store.Root, "overlay/tempdirs"), "blob", SearchOption.AllDirectories);

    /// <summary>Bytes, some of which let one wait.</summary>
    private sealed class Waiting(byte[] bytes, int at, Action wait) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer)
        {
            if (Position == at)
                wait();
            return base.Read(buffer);
        }
    }
}
