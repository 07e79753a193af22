using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Sharing;

public sealed class FullDiskTests
{
    [SkippableFact]
    public async Task On_a_full_disk_a_store_opens_lists_and_deletes_and_then_has_room_again()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        Directory.CreateDirectory(shared.Root);
        Mounts.Mount("tmpfs", "tmpfs", shared.Root, options: "size=128m");
        ContainerId id;
        ImageRecord image;
        await using (var before = await shared.OpenAsync())
        {
            image = await SharedStore.CommitAsync(before, "localhost/ours:1", Tar.Of(Tar.File("hello", "hi")));
            id = ContainerId.New();
            await before.CreateContainerAsync(new ContainerCreation { Id = id, ImageId = ImageId.Parse(image.Id) }, SharedStore.Soon);
        }

        Fill(Path.Combine(shared.Root, "filler"));
        await using var store = await shared.OpenAsync();
        store.Images.Should().ContainSingle();
        store.Containers.Should().ContainSingle();

        await store.DeleteContainerAsync(id, SharedStore.Soon);
        await store.DeleteImageAsync(ImageId.Parse(image.Id), SharedStore.Soon);

        store.Layers.Should().BeEmpty();
        File.Delete(Path.Combine(shared.Root, "filler"));
        await SharedStore.CommitAsync(store, "localhost/ours:1", Tar.Of(Tar.File("hello", "hi")));
        (await store.CheckAsync(contents: true, null, SharedStore.Soon)).Problems.Should().BeEmpty();
    }

    // To the last byte: a file system may still take a small file where a large piece has no room.
    private static void Fill(string path)
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var offset = 0L;
        for (var piece = 1 << 20; piece > 0; piece /= 2)
        {
            try
            {
                while (true)
                {
                    RandomAccess.Write(file, new byte[piece], offset);
                    offset += piece;
                }
            }
            catch (IOException)
            {
                offset = RandomAccess.GetLength(file);
            }
        }
    }
}
