using System.Collections.Concurrent;
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
}
