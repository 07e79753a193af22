using System.Diagnostics;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Tar = Ocid.Storage.Tests.Archive.TarText;

namespace Ocid.Storage.Tests.Sharing;

public sealed class ImageMountTests
{
    [SkippableTheory]
    [InlineData("overlay")]
    [InlineData("vfs")]
    public async Task An_image_at_a_directory_is_read_only_and_podman_sees_who_keeps_it(string driver)
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore(driver);
        await using var store = await shared.OpenAsync();
        var (image, directory) = await PrepareAsync(store, shared);

        var mount = await store.MountImageAsync(image, new ImageMountRequest { Directory = directory }, SharedStore.Soon);

        File.ReadAllText(Path.Combine(directory, "hello")).Should().Be("hi");
        FluentActions.Invoking(() => File.WriteAllText(Path.Combine(directory, "hello"), "other")).Should().Throw<IOException>();
        (await shared.PodmanAsync("ps", "--all", "--external", "--no-trunc", "--format", "{{.ID}} {{.Names}}")).Trim().Should().Be($"{mount.Id} ocid-mount-{mount.Id.Value[..12]}");
        (await Testing.Tool.TryRunAsync(null, "podman", "--root", shared.Root, "--runroot", shared.RunRoot, "--storage-driver", driver, "rmi", image.Value)).ExitCode.Should().NotBe(0);
        (await FluentActions.Awaiting(() => store.DeleteImageAsync(image, SharedStore.Soon)).Should().ThrowAsync<OcidException>()).Which.Message.Should().EndWith($": the mount at {directory} (ocid image unmount ends it) uses it");

        await store.UnmountImageAsync(mount.Id, force: false, SharedStore.Soon);
        Directory.GetFileSystemEntries(directory).Should().BeEmpty();
        store.Containers.Should().BeEmpty();
        store.ImageMounts.Should().BeEmpty();
        (await store.CheckAsync(contents: true, null, SharedStore.Soon)).Problems.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task The_same_mount_asked_for_again_is_the_one_that_is_there_also_after_a_reboot()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var (image, directory) = await PrepareAsync(store, shared);
        var request = new ImageMountRequest { Directory = directory };
        var mount = await store.MountImageAsync(image, request, SharedStore.Soon);
        (await store.MountImageAsync(image, request, SharedStore.Soon)).Should().Be(mount);

        Mounts.Unmount(directory);
        Mounts.Unmount(Path.Combine(shared.Root, "overlay", store.Containers.Single().Layer.Value, "merged"));
        File.Delete(Path.Combine(shared.RunRoot, "overlay-layers", "mountpoints.json"));
        store.ImageMounts.Should().Equal(mount with { Mounted = false });

        (await store.MountImageAsync(image, request, SharedStore.Soon)).Should().Be(mount);
        File.Exists(Path.Combine(directory, "hello")).Should().BeTrue();
        await store.UnmountImageAsync(mount.Id, force: false, SharedStore.Soon);
    }

    [SkippableFact]
    public async Task Whoever_uses_it_is_named_and_keeps_it_unless_forced()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var (image, _) = await PrepareAsync(store, shared);
        var mount = await store.MountImageAsync(image, new ImageMountRequest(), SharedStore.Soon);
        using var user = Process.Start(new ProcessStartInfo("sleep", "600") { WorkingDirectory = mount.Path })!;
        try
        {
            var unmount = () => store.UnmountImageAsync(mount.Id, force: false, SharedStore.Soon);

            (await unmount.Should().ThrowAsync<OcidException>()).WithMessage($"unmount {mount.Path}: in use by sleep (process {user.Id})").Which.Kind.Should().Be(ErrorKind.FailedPrecondition);
            File.Exists(Path.Combine(mount.Path, "hello")).Should().BeTrue();
            await store.UnmountImageAsync(mount.Id, force: true, SharedStore.Soon);
            store.Containers.Should().BeEmpty();
        }
        finally
        {
            user.Kill();
            await user.WaitForExitAsync();
        }
    }

    [SkippableFact]
    public async Task What_is_written_to_a_writable_one_stays_out_of_the_image()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var (image, directory) = await PrepareAsync(store, shared);

        var mount = await store.MountImageAsync(image, new ImageMountRequest { Directory = directory, Writable = true }, SharedStore.Soon);
        File.WriteAllText(Path.Combine(directory, "hello"), "other");
        await store.UnmountImageAsync(mount.Id, force: false, SharedStore.Soon);

        (await store.CheckAsync(contents: true, null, SharedStore.Soon)).Problems.Should().BeEmpty();
    }

    [SkippableFact]
    public async Task A_directory_that_is_taken_or_not_there_is_refused_and_leaves_nothing()
    {
        SharedStore.SkipUnlessPossible();
        await using var shared = new SharedStore();
        await using var store = await shared.OpenAsync();
        var (image, directory) = await PrepareAsync(store, shared);
        Mounts.Mount("tmpfs", "tmpfs", directory);

        foreach (var (path, kind) in new[] { (directory, ErrorKind.FailedPrecondition), (directory + "/absent", ErrorKind.NotFound) })
        {
            var mount = () => store.MountImageAsync(image, new ImageMountRequest { Directory = path }, SharedStore.Soon);
            (await mount.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(kind);
        }

        Mounts.Unmount(directory);
        store.Containers.Should().BeEmpty();
    }

    private static async Task<(ImageId Image, string Directory)> PrepareAsync(Store store, SharedStore shared)
    {
        var image = await SharedStore.CommitAsync(store, "localhost/ours:1", Tar.Of(Tar.File("hello", "hi")));
        return (ImageId.Parse(image.Id), Directory.CreateDirectory(Path.Combine(shared.Folder, "mnt")).FullName);
    }
}
