using Ocid.Primitives;

namespace Ocid.Storage.Tests;

public sealed class StoreOptionsTests
{
    [Theory]
    [InlineData("btrfs", "*\"btrfs\": not supported: use overlay, *, or vfs, *")]
    [InlineData("devicemapper", "*\"devicemapper\": not supported: use overlay, *, or vfs, *")]
    [InlineData("aufs", "*\"aufs\": not supported: use overlay, *, or vfs, *")]
    [InlineData("zfs", "*\"zfs\": not supported: use overlay, *, or vfs, *")]
    [InlineData("overlay2", "*\"overlay2\": it is called overlay here")]
    [InlineData("overlat", "*\"overlat\": want overlay or vfs")]
    public async Task A_driver_that_is_not_there_is_refused_with_what_to_use_instead(string driver, string message)
    {
        var options = new StoreOptions { Root = "/tmp/x", RunRoot = "/tmp/y", Driver = driver };

        var refusal = await FluentActions.Awaiting(() => Sharing.SharedStore.OpenAsync(options)).Should().ThrowAsync<OcidException>();

        refusal.WithMessage(message).Which.Kind.Should().Be(ErrorKind.InvalidArgument);
    }

    [Fact]
    public async Task Options_that_contradict_each_other_are_refused()
    {
        var options = new StoreOptions { Root = "/tmp/x", RunRoot = "/tmp/y" };
        foreach (var (wrong, message) in new[]
        {
            (options with { Driver = "vfs", MountOptions = ["nodev"] }, "*vfs*mounts nothing*"),
            (options with { ImageStore = "/tmp/x" }, "*is the root itself*"),
            (options with { AdditionalImageStores = ["images"] }, "*want absolute paths, found \"images\""),
        })
            (await FluentActions.Awaiting(() => Sharing.SharedStore.OpenAsync(wrong)).Should().ThrowAsync<OcidException>()).WithMessage(message);
    }
}
