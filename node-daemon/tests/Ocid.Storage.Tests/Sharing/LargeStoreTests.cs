using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Storage.Tests.Sharing;

public sealed class LargeStoreTests(LargeStoreTests.Filled filled) : IClassFixture<LargeStoreTests.Filled>
{
    [SkippableFact]
    public async Task A_thousand_images_are_read_once_and_again_only_when_somebody_wrote()
    {
        SharedStore.SkipUnlessPossible();
        await using var store = await filled.Shared.OpenAsync();
        store.Images.Should().HaveCount(LargeStore.Images);
        store.Layers.Should().HaveCount(LargeStore.Images * LargeStore.LayersPerImage);
        // The clock of the file system must have moved on before what was read counts as all that there is.
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        _ = (store.Images, store.Layers, store.Containers);
        var (images, layers) = (store.Images, store.Layers);

        var reads = OnThisThread(() =>
        {
            for (var look = 0; look < 100; look++)
            {
                store.Images.Should().BeSameAs(images);
                store.Layers.Should().BeSameAs(layers);
                store.Containers.Should().BeEmpty();
                store.FindImage(ImageId.Parse(images[^1].Id)).Should().BeSameAs(images[^1]);
                store.FindLayer(layers[^1].Id).Should().BeSameAs(layers[^1]);
            }
        });

        // Five hundred looks. The garbage collector, which runs on this thread, may look at its limits meanwhile.
        (reads - OnThisThread(() => { })).Should().BeLessThan(10);
        await store.AddNamesAsync(ImageId.Parse(images[0].Id), ["localhost/new:1"], SharedStore.Soon);
        store.Images.Should().NotBeSameAs(images).And.HaveCount(LargeStore.Images);
        store.Layers.Should().BeSameAs(layers);
    }

    [SkippableFact]
    public async Task To_read_a_thousand_images_and_their_layers_takes_little()
    {
        SharedStore.SkipUnlessPossible();
        await using var store = await filled.Shared.OpenAsync();
        var readings = new List<(TimeSpan Processor, long Bytes)>();

        for (var turn = 0; turn < 5; turn++)
        {
            var former = store.Layers;
            // The kernel's time of the last change is all that it takes to be read again.
            foreach (var file in new[] { "overlay-images/images.json", "overlay-layers/layers.json" })
                File.SetUnixFileMode(Path.Combine(filled.Shared.Root, file), UnixFileMode.UserRead | UnixFileMode.UserWrite);
            var (processor, bytes) = (Processor(), GC.GetAllocatedBytesForCurrentThread());
            var (images, layers) = (store.Images, store.Layers);
            readings.Add((Processor() - processor, GC.GetAllocatedBytesForCurrentThread() - bytes));
            images.Should().HaveCount(LargeStore.Images);
            layers.Should().HaveCount(LargeStore.Images * LargeStore.LayersPerImage).And.NotBeSameAs(former);
        }

        readings.Min(reading => reading.Bytes).Should().BeLessThan(18 << 20);
        readings.Min(reading => reading.Processor).Should().BeLessThan(TimeSpan.FromMilliseconds(150));
    }

    // What this thread has had of the processor.
    private static TimeSpan Processor() => TimeSpan.FromMicroseconds(long.Parse(File.ReadAllText("/proc/thread-self/schedstat").Split(' ')[0]) / 1000);

    // The calls of read(2) and its like that a piece of work takes.
    private static long OnThisThread(Action work)
    {
        var before = Calls();
        work();
        return Calls() - before;
    }

    private static long Calls() => long.Parse(File.ReadAllLines("/proc/thread-self/io").Single(line => line.StartsWith("syscr:", StringComparison.Ordinal)).AsSpan("syscr: ".Length));

    /// <summary>One such store for all tests.</summary>
    public sealed class Filled : IAsyncLifetime
    {
        internal SharedStore Shared { get; } = new();

        public async Task InitializeAsync()
        {
            if (Environment.UserName != "root")
                return;
            await using (await Shared.OpenAsync())
                LargeStore.Fill(Shared.Root);
        }

        public Task DisposeAsync() => Shared.DisposeAsync().AsTask();
    }
}
