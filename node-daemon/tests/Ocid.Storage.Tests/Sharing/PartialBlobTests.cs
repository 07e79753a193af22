using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Primitives;

namespace Ocid.Storage.Tests.Sharing;

public sealed class PartialBlobTests
{
    private static readonly Digest s_one = Digest.Sha256("one"u8);
    private static readonly Digest s_two = Digest.Sha256("two"u8);

    [SkippableFact]
    public async Task What_was_kept_of_a_blob_is_taken_up_and_goes_on()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using (var store = await OpenAsync(shared))
        {
            await KeepAsync(store, s_one, 100, "hello"u8.ToArray());
            await KeepAsync(store, s_two, 0, "other"u8.ToArray());
        }

        await using var next = await OpenAsync(shared);
        await using var blob = (await next.TakeUpBlobAsync(s_one, SharedStore.Soon))!;
        blob.Append("!"u8).Should().BeTrue();

        (blob.Start, blob.End).Should().Be((100, 106));
        var read = new byte[4];
        (await blob.ReadAsync(102, read, SharedStore.Soon)).Should().Be(4);
        read.Should().Equal("llo!"u8.ToArray());
        (await next.TakeUpBlobAsync(s_one, SharedStore.Soon)).Should().BeNull("it is in use");
    }

    [SkippableFact]
    public async Task What_is_not_to_be_kept_is_dropped()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await OpenAsync(shared);
        await using (var blob = store.KeepBlob(s_one, 0)!)
            blob.Append("hello"u8);

        (await store.TakeUpBlobAsync(s_one, SharedStore.Soon)).Should().BeNull();
        Staged(shared).Should().BeEmpty();
    }

    [SkippableFact]
    public async Task Where_there_is_no_more_room_nothing_is_added_and_the_oldest_goes_for_the_next()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await OpenAsync(shared, most: 10);
        await KeepAsync(store, s_one, 0, new byte[10]);

        await using (var running = store.KeepBlob(s_two, 0)!)
        {
            running.Append(new byte[8]).Should().BeTrue();
            running.Append(new byte[8]).Should().BeFalse();
            running.Append(new byte[1]).Should().BeFalse("what follows a gap is of no use");
            running.End.Should().Be(8);
        }

        (await store.TakeUpBlobAsync(s_one, SharedStore.Soon)).Should().BeNull();
    }

    [SkippableFact]
    public async Task What_another_boot_left_is_not_believed()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await OpenAsync(shared);
        await KeepAsync(store, s_one, 0, "hello"u8.ToArray());
        var note = Directory.GetFiles(shared.Root, "blob.json", SearchOption.AllDirectories).Single();
        await File.WriteAllTextAsync(note, (await File.ReadAllTextAsync(note)).Replace("\"boot\":\"", "\"boot\":\"0", StringComparison.Ordinal));

        (await store.TakeUpBlobAsync(s_one, SharedStore.Soon)).Should().BeNull();
        await using var next = await OpenAsync(shared);
        Staged(shared).Should().BeEmpty();
    }

    private static async Task KeepAsync(Store store, Digest digest, long start, byte[] bytes)
    {
        await using var blob = store.KeepBlob(digest, start)!;
        blob.Append(bytes).Should().BeTrue();
        blob.Keep();
    }

    private static Task<Store> OpenAsync(SharedStore shared, long most = 1 << 20) =>
        Store.OpenAsync(new StoreOptions { Root = shared.Root, RunRoot = shared.RunRoot, MostPartialBlobs = most }, NullLoggerFactory.Instance, SharedStore.Soon);

    private static string[] Staged(SharedStore shared) => Directory.GetFileSystemEntries(Path.Combine(shared.Root, "overlay", "tempdirs"));
}
