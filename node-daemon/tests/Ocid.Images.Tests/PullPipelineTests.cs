using System.IO.Compression;
using System.Security.Cryptography;
using Ocid.Images.Pulling;
using Ocid.Linux;

namespace Ocid.Images.Tests;

// Alone: one of these counts what the process allocates.
[CollectionDefinition(nameof(PullPipelineTests), DisableParallelization = true)]
[Collection(nameof(PullPipelineTests))]
public sealed class PullPipelineTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    [SkippableFact]
    public async Task Images_that_share_a_layer_fetch_it_once()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        var shared = Layer("shared");
        var (one, two) = (registry.Add("one", shared, Layer("one")), registry.Add("two", shared, Layer("two")));
        var asked = Enumerable.Range(0, 2).Select(_ => new TaskCompletionSource()).ToArray();
        var own = 0;
        // The shared layer comes when both pulls are at their own ones: both want it by then.
        registry.BeforeBlob = async blob =>
        {
            if (blob == shared.Digest)
                await Task.WhenAll(asked.Select(a => a.Task)).WaitAsync(Soon);
            else if (blob == Layer("one").Digest || blob == Layer("two").Digest)
                asked[Interlocked.Increment(ref own) - 1].SetResult();
        };

        await Task.WhenAll(store.PullAsync(one), store.PullAsync(two)).WaitAsync(Soon);

        registry.Fetched(shared.Digest).Should().Be(1);
        store.Store.Images.Should().HaveCount(2);
        store.Store.Layers.Should().HaveCount(3);
        await store.ShouldHaveNothingStagedAsync();
    }

    [SkippableFact]
    public async Task A_pull_fetches_a_shared_layer_itself_when_the_one_that_did_is_cancelled()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        var shared = Layer("shared");
        var (one, two) = (registry.Add("one", shared), registry.Add("two", shared, Layer("two")));
        var (arrived, second) = (new TaskCompletionSource(), new TaskCompletionSource());
        registry.BeforeBlob = async blob =>
        {
            if (blob == Layer("two").Digest)
                second.SetResult();
            if (blob != shared.Digest || registry.Fetched(shared.Digest) > 1)
                return;
            arrived.SetResult();
            await Task.Delay(Soon, registry.Closing);
        };
        using var cancel = new CancellationTokenSource();
        var first = store.PullAsync(one, ct: cancel.Token);
        await arrived.Task.WaitAsync(Soon);
        var other = store.PullAsync(two);
        await second.Task.WaitAsync(Soon);

        await cancel.CancelAsync();

        await first.Invoking(pull => pull).Should().ThrowAsync<OperationCanceledException>();
        await other.WaitAsync(Soon);
        registry.Fetched(shared.Digest).Should().Be(2);
    }

    [SkippableFact]
    public async Task Cancelling_is_answered_though_a_peer_holds_the_lock()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        using var cancel = new CancellationTokenSource();
        using var held = FileLock.TryAcquire(Path.Combine(store.Root, "overlay-layers/layers.lock"), FileLockMode.Exclusive)!;
        var committing = new TaskCompletionSource();
        var pull = store.PullAsync(registry.Add("one", Layer("one")), new Watching(p => { if (p.Stage == PullStage.Committing) committing.TrySetResult(); }), cancel.Token);
        await committing.Task.WaitAsync(Soon);

        await cancel.CancelAsync();

        await pull.Invoking(p => p.WaitAsync(Soon)).Should().ThrowAsync<OperationCanceledException>();
    }

    [SkippableFact]
    public async Task Cancelling_is_answered_before_what_was_staged_is_cleaned_up()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        using var cancel = new CancellationTokenSource();
        var hangs = new TaskCompletionSource();
        registry.BeforeBlob = async blob =>
        {
            if (blob != Layer("one").Digest)
                return;
            hangs.TrySetResult();
            await Task.Delay(Soon, registry.Closing);
        };
        var pull = store.PullAsync(registry.Add("one", Layer("one")), null, cancel.Token);
        await hangs.Task.WaitAsync(Soon);

        await cancel.CancelAsync();

        await pull.Invoking(p => p.WaitAsync(Soon / 2)).Should().ThrowAsync<OperationCanceledException>();
        await store.ShouldHaveNothingStagedAsync();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_layer_that_came_whole_is_taken_up_after_a_restart_for_a_time(bool tooLate)
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        var (whole, missing) = (Layer("whole"), Layer("missing"));
        var reference = registry.Add("one", whole, missing);
        using var cancel = new CancellationTokenSource();
        registry.BeforeBlob = blob => blob == missing.Digest ? Task.Delay(Soon, registry.Closing) : Task.CompletedTask;
        var ready = new Watching(p => { if (p.Stage == PullStage.LayerReady) cancel.Cancel(); });
        await FluentActions.Awaiting(() => store.PullAsync(reference, ready, cancel.Token)).Should().ThrowAsync<OperationCanceledException>();
        await store.Puller.DisposeAsync();
        registry.BeforeBlob = _ => Task.CompletedTask;

        await using var restarted = await store.ReopenAsync(keepStaged: tooLate ? TimeSpan.Zero : TimeSpan.FromHours(1));
        await restarted.PullAsync(reference).WaitAsync(Soon);

        registry.Fetched(whole.Digest).Should().Be(tooLate ? 2 : 1);
        await restarted.ShouldHaveNothingStagedAsync();
        (await store.PodmanAsync("images", "--format", "{{.ID}}")).Trim().Should().NotBeEmpty();
    }

    [SkippableFact]
    public async Task What_a_pull_allocates_does_not_grow_with_the_layer()
    {
        await using var store = await PulledStore.OpenAsync();
        await using var registry = new MemoryRegistry();
        await store.PullAsync(registry.Add("first", Random(1 << 20)));

        var small = await AllocatedAsync(registry.Add("small", Random(8 << 20)));
        var large = await AllocatedAsync(registry.Add("large", Random(72 << 20)));

        (large - small).Should().BeLessThan(16 << 20);

        async Task<long> AllocatedAsync(string reference)
        {
            var before = GC.GetTotalAllocatedBytes(precise: true);
            await store.PullAsync(reference);
            return GC.GetTotalAllocatedBytes(precise: true) - before;
        }
    }

    private static MemoryRegistry.Layer Layer(string name) => MemoryRegistry.MakeLayer(name, System.Text.Encoding.UTF8.GetBytes(name));

    private static MemoryRegistry.Layer Random(int length) => MemoryRegistry.MakeLayer("random", RandomNumberGenerator.GetBytes(length), CompressionLevel.NoCompression);

    private sealed class Watching(Action<PullProgress> see) : IProgress<PullProgress>
    {
        public void Report(PullProgress value) => see(value);
    }
}
