using System.Collections.Concurrent;
using System.Diagnostics;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Tests.Sharing;

public sealed class LockWaitTests
{
    [SkippableFact]
    public async Task A_wait_of_a_second_for_another_programs_lock_is_told()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        var waited = new ConcurrentQueue<string>();
        var told = new TaskCompletionSource();
        await using var store = await SharedStore.OpenAsync(shared.Options with
        {
            LockWaited = name =>
            {
                waited.Enqueue(name);
                told.TrySetResult();
            },
        });
        Task<ContainerRecord> creating;
        using (await FileLock.AcquireAsync(Path.Combine(shared.Root, "overlay-layers", "layers.lock"), FileLockMode.Exclusive, SharedStore.Soon))
        {
            creating = store.CreateContainerAsync(new ContainerCreation { Id = ContainerId.New() }, SharedStore.Soon);
            await told.Task.WaitAsync(TimeSpan.FromSeconds(60));
            creating.IsCompleted.Should().BeFalse();
            store.Containers.Should().BeEmpty("who only looks does not wait");
        }

        await creating;
        waited.Should().Equal("layers.lock");
    }

    [SkippableFact]
    public async Task The_program_that_has_the_lock_is_named_in_the_log()
    {
        SharedStore.SkipUnlessPossible();
        Skip.If(Testing.Tool.Find("python3") is null, "needs python3");
        await using var shared = new SharedStore();
        using var lines = new LogLines();
        await using var store = await Store.OpenAsync(shared.Options, lines, SharedStore.Soon);
        var path = Path.Combine(shared.Root, "overlay-layers", "layers.lock");
        // As the peers lock: fcntl(2), by process.
        using var peer = Process.Start(new ProcessStartInfo(
            "python3", ["-c", "import fcntl,sys; f=open(sys.argv[1],'r+'); fcntl.lockf(f,fcntl.LOCK_EX); print('held',flush=True); sys.stdin.read()", path])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        (await peer.StandardOutput.ReadLineAsync()).Should().Be("held");

        var creating = store.CreateContainerAsync(new ContainerCreation { Id = ContainerId.New() }, SharedStore.Soon);

        (await lines.NextAsync()).Should().Match($"waiting for the lock {path} of the store, which python3* (process {peer.Id}) holds");
        peer.StandardInput.Close();
        await creating;
        (await lines.NextAsync()).Should().Be($"got the lock {path} of the store");
        await peer.WaitForExitAsync();
    }
}
