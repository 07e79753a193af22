using Ocid.Linux;
using Ocid.Primitives;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Sharing;

public sealed class CrashTests
{
    private static readonly byte[] s_layer = Tar.Of(Tar.File("hello", "hi"));

    // Nothing of a commit is taken back when it fails, so that a failure leaves what a kill would.
    [SkippableTheory]
    [InlineData("staged layers synced", false)]
    [InlineData("layer recorded incomplete", false)]
    [InlineData("layer directory made", false)]
    [InlineData("tar-split placed", false)]
    [InlineData("layer complete", true)]
    public async Task After_a_crash_in_a_commit_the_layer_is_whole_or_absent(string step, bool whole)
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        var crashing = await shared.OpenAsync(reached =>
        {
            if (reached == step)
                throw new IOException("crash");
        });
        var image = await SharedStore.StageAsync(crashing, "localhost/ours:1", s_layer);
        await FluentActions.Awaiting(() => crashing.CommitImageAsync(image, SharedStore.Soon)).Should().ThrowAsync<IOException>();
        crashing.Layers.Should().HaveCount(whole ? 1 : 0);

        (await shared.PodmanImagesAsync()).Should().BeEmpty();
        var other = await shared.ImportAsync("localhost/other:1", Tar.File("other"));
        await image.Layers[0].Staged!.DisposeAsync();

        await using var store = await shared.OpenAsync();
        store.Layers.Should().HaveCount(whole ? 2 : 1);
        await SharedStore.CommitAsync(store, "localhost/ours:1", s_layer);
        (await shared.PodmanImagesAsync()).Should().BeEquivalentTo(other.Value, image.Id.Value);
        Directory.GetFileSystemEntries(Path.Combine(shared.Root, "overlay", "tempdirs")).Should().BeEmpty();
        Directory.GetFileSystemEntries(Path.Combine(shared.Root, "overlay", "l")).Should().HaveCount(2);
    }

    [SkippableFact]
    public async Task Staging_that_nobody_holds_goes_when_a_store_is_opened_and_other_staging_stays()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var tempdirs = Path.Combine(shared.Root, "overlay", "tempdirs");
        Directory.CreateDirectory(Path.Combine(tempdirs, "temp-dir-dead", "diff"));
        File.WriteAllText(Path.Combine(tempdirs, "lock-dead"), "");
        File.WriteAllText(Path.Combine(shared.Root, "overlay-layers", ".staged-dead.tar-split.gz"), "");
        await using var alive = await store.StageLayerAsync(SharedStore.Soon);

        await using var second = await shared.OpenAsync();

        Directory.Exists(alive.DiffPath).Should().BeTrue();
        Directory.GetFileSystemEntries(tempdirs).Should().HaveCount(2);
        Directory.GetFiles(Path.Combine(shared.Root, "overlay-layers"), ".staged-dead*").Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_writable_layer_whose_container_was_never_recorded_goes_when_a_store_is_opened()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        var crashing = await shared.OpenAsync(reached =>
        {
            if (reached == "layer complete")
                throw new IOException("crash");
        });
        await FluentActions.Awaiting(() => crashing.CreateContainerAsync(new ContainerCreation { Id = ContainerId.New() }, SharedStore.Soon)).Should().ThrowAsync<IOException>();
        crashing.Layers.Should().ContainSingle();

        await using var store = await shared.OpenAsync();

        store.Layers.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_lock_that_a_peer_holds_makes_writers_wait_and_readers_not()
    {
        SharedStore.SkipUnlessPossible();
        Skip.If(Testing.Tool.Find("python3") is null, "needs python3");
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var image = await SharedStore.StageAsync(store, "localhost/ours:1", s_layer);
        using var peer = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo(
            "python3", ["-c", "import fcntl,sys; f=open(sys.argv[1],'r+'); fcntl.lockf(f,fcntl.LOCK_EX); print('held',flush=True); sys.stdin.read()", Path.Combine(shared.Root, "overlay-layers", "layers.lock")])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        (await peer.StandardOutput.ReadLineAsync()).Should().Be("held");

        var commit = store.CommitImageAsync(image, SharedStore.Soon);
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await FluentActions.Awaiting(() => store.CreateContainerAsync(new ContainerCreation { Id = ContainerId.New() }, impatient.Token)).Should().ThrowAsync<OperationCanceledException>();
        store.Images.Should().BeEmpty();
        commit.IsCompleted.Should().BeFalse();

        peer.StandardInput.Close();
        (await commit.WaitAsync(TimeSpan.FromSeconds(60))).Id.Should().Be(image.Id.Value);
        await peer.WaitForExitAsync();
        await image.Layers[0].Staged!.DisposeAsync();
    }

    [SkippableFact]
    public async Task A_lock_that_we_hold_makes_podman_wait()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var import = Task.CompletedTask;
        using (await FileLock.AcquireAsync(Path.Combine(shared.Root, "overlay-layers", "layers.lock"), FileLockMode.Exclusive, SharedStore.Soon))
        {
            import = shared.ImportAsync("localhost/other:1", Tar.File("other"));
            await Task.Delay(500);
            import.IsCompleted.Should().BeFalse();
        }

        await import.WaitAsync(TimeSpan.FromSeconds(60));
        store.Images.Should().ContainSingle();
    }
}
