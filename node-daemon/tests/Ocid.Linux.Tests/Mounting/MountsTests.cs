using Ocid.Linux.Mounting;

namespace Ocid.Linux.Tests.Mounting;

public sealed class MountsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-mounts-").FullName;

    public void Dispose()
    {
        foreach (var mount in MountTable.Read().Where(mount => mount.MountPoint.StartsWith(_folder, StringComparison.Ordinal)).Reverse())
            Mounts.Unmount(mount.MountPoint, detach: true);
        Directory.Delete(_folder, recursive: true);
    }

    [SkippableFact]
    public void A_bind_shows_the_source_and_unmount_says_whether_anything_was_there()
    {
        SkipUnlessRoot();
        var (source, target) = (Make("source"), Make("target"));
        File.WriteAllText(Path.Combine(source, "file"), "x");

        Mounts.Bind(source, target);
        Mounts.RemountBind(target, MountOptions.ReadOnly);

        File.Exists(Path.Combine(target, "file")).Should().BeTrue();
        FluentActions.Invoking(() => File.WriteAllText(Path.Combine(target, "more"), "x")).Should().Throw<IOException>();
        Mounts.Unmount(target).Should().BeTrue();
        Mounts.Unmount(target).Should().BeFalse();
        Mounts.Unmount(Path.Combine(_folder, "absent")).Should().BeFalse();
    }

    [SkippableTheory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_overlay_of_three_hundred_layers_shows_the_topmost_of_each_name(bool byOptions)
    {
        SkipUnlessRoot();
        // overlayfs does not stack on itself, and the tests may run inside one.
        Mounts.Mount("tmpfs", "tmpfs", _folder);
        var layers = Enumerable.Range(0, 300).Select(i => $"l{i}").ToList();
        foreach (var layer in layers)
            await File.WriteAllTextAsync(Path.Combine(Make(layer), "top"), layer);
        Make("upper");
        Make("work");

        var overlay = new OverlayMount
        {
            Directory = _folder,
            Target = Make("merged"),
            Lower = layers,
            Upper = "upper",
            Work = "work",
            Flags = MountOptions.NoDev,
        };
        await Overlays.MountAsync(overlay, byOptions);

        (await File.ReadAllTextAsync(Path.Combine(_folder, "merged", "top"))).Should().Be("l0");
        await File.WriteAllTextAsync(Path.Combine(_folder, "merged", "new"), "x");
        File.Exists(Path.Combine(_folder, "upper", "new")).Should().BeTrue();
        MountTable.Read().Single(mount => mount.MountPoint == Path.Combine(_folder, "merged")).Options.Should().Contain("nodev");
    }

    [SkippableFact]
    public void Whether_overlayfs_looks_at_each_parameter_is_known()
    {
        SkipUnlessRoot();
        var kernel = Version.Parse(File.ReadAllText("/proc/sys/kernel/osrelease").Split('-')[0]);

        Overlays.ReadsParameters("overlay").Should().Be(kernel >= new Version(6, 5));
        Overlays.ReadsParameters("no-such-file-system").Should().BeFalse();
    }

    [SkippableFact]
    public async Task A_layer_that_is_missing_is_named_in_the_failure()
    {
        SkipUnlessRoot();

        var mount = () => Mounts.OverlayAsync(new OverlayMount { Directory = _folder, Target = Make("merged"), Lower = ["absent", "absent2"] });

        (await mount.Should().ThrowAsync<LinuxException>()).Which.Errno.Should().Be(Errno.ENOENT);
    }

    private static void SkipUnlessRoot() => Skip.IfNot(Environment.UserName == "root", "needs root");

    private string Make(string name) => Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
}
