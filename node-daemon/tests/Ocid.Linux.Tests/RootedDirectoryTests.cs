using Ocid.Primitives;

namespace Ocid.Linux.Tests;

public sealed class RootedDirectoryTests : IDisposable
{
    private readonly string _outside = Directory.CreateTempSubdirectory("ocid-rooted-").FullName;
    private readonly string _inside;
    private readonly RootedDirectory _root;

    public RootedDirectoryTests()
    {
        _inside = Directory.CreateDirectory(Path.Combine(_outside, "root")).FullName;
        File.WriteAllText(Path.Combine(_outside, "secret"), "outside");
        _root = RootedDirectory.Open(_inside);
    }

    [Theory]
    [InlineData("../secret")]
    [InlineData("up/../../secret")]
    [InlineData("link")]
    [InlineData("absolute")]
    public void A_path_that_leads_out_finds_nothing(string path)
    {
        Directory.CreateDirectory(Path.Combine(_inside, "up"));
        File.CreateSymbolicLink(Path.Combine(_inside, "link"), "../secret");
        File.CreateSymbolicLink(Path.Combine(_inside, "absolute"), Path.Combine(_outside, "secret"));

        _root.ReadFile(path, 100).Should().BeNull();
        _root.Status(path).Should().BeNull();
    }

    [Fact]
    public void An_absolute_link_is_resolved_inside()
    {
        Directory.CreateDirectory(Path.Combine(_inside, "etc"));
        File.WriteAllText(Path.Combine(_inside, "etc/real"), "inside");
        File.CreateSymbolicLink(Path.Combine(_inside, "etc/passwd"), "/etc/real");

        _root.ReadFile("/etc/passwd", 100).Should().Equal("inside"u8.ToArray());
    }

    [Fact]
    public void A_file_over_the_limit_is_refused()
    {
        File.WriteAllText(Path.Combine(_inside, "big"), new string('x', 101));

        var read = () => _root.ReadFile("big", 100);

        read.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.ResourceExhausted);
    }

    [Fact]
    public void A_fifo_is_refused_and_not_waited_for()
    {
        using var directory = _root.OpenDirectory("");
        directory.CreateNode("pipe", FileKind.Fifo);

        var read = () => _root.ReadFile("pipe", 100);

        read.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.FailedPrecondition);
    }

    [Fact]
    public void Directories_are_made_inside_although_a_link_points_out()
    {
        File.CreateSymbolicLink(Path.Combine(_inside, "var"), "/");
        File.CreateSymbolicLink(Path.Combine(_inside, "escape"), _outside);

        _root.CreateDirectories("var/run/a").Dispose();
        var through = () => _root.CreateDirectories("escape/b");

        Directory.Exists(Path.Combine(_inside, "run/a")).Should().BeTrue();
        through.Should().Throw<LinuxException>();
        Directory.GetFileSystemEntries(_outside).Should().HaveCount(2);
    }

    [Fact]
    public void A_mount_point_file_is_made_with_its_directories()
    {
        _root.EnsureFile("etc/hosts");
        _root.EnsureFile("etc/hosts");

        new FileInfo(Path.Combine(_inside, "etc/hosts")).Length.Should().Be(0);
    }

    [Fact]
    public void Names_that_are_not_utf8_survive_and_are_removed_with_their_tree()
    {
        UnixPath strange = new([0xff, (byte)'x']);
        using var directory = _root.OpenDirectory("");
        directory.CreateDirectory(strange);
        using (var child = directory.OpenChild(strange))
        {
            child.CreateFile(strange).Dispose();
            child.CreateSymbolicLink("out", _outside);
        }

        using (var again = _root.OpenDirectory(""))
            again.Names().Should().Equal(strange);
        directory.Remove(strange);

        directory.Status(strange).Should().BeNull();
        File.Exists(Path.Combine(_outside, "secret")).Should().BeTrue();
    }

    [Fact]
    public void Metadata_is_set_without_following_links()
    {
        using var directory = _root.OpenDirectory("");
        directory.CreateFile("file").Dispose();
        directory.CreateSymbolicLink("link", "file");

        directory.SetPermissions("file", 0b100_111_101_101);
        directory.SetTimes("link", new UnixTime(1, 2), new UnixTime(-3, 4));
        directory.SetTimes("file", new UnixTime(1, 2), new UnixTime(5, 6));
        directory.SetAttribute("file", "user.test", "value"u8);

        directory.Status("file").Should().Match<FileStatus>(s => s.Permissions == 0b100_111_101_101 && s.Modified == new UnixTime(5, 6));
        directory.Status("link").Should().Match<FileStatus>(s => s.Kind == FileKind.SymbolicLink && s.Modified == new UnixTime(-3, 4));
        directory.GetAttribute("file", "user.test").Should().Equal("value"u8.ToArray());
        directory.GetAttribute("link", "user.test").Should().BeNull();
    }

    [Theory]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a/b")]
    public void Only_one_component_is_a_name(string name)
    {
        using var directory = _root.OpenDirectory("");

        var create = () => directory.CreateFile(name);

        create.Should().Throw<OcidException>().Where(e => e.Kind == ErrorKind.InvalidArgument);
    }

    public void Dispose()
    {
        _root.Dispose();
        Directory.Delete(_outside, recursive: true);
    }
}
