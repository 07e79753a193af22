using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Storage.Tests.Archive;

/// <summary>GNU tar unpacks what it wrote; so must we, to the same tree.</summary>
public sealed class TarProgramTests : IDisposable
{
    private readonly ScratchLayer _layer = new();
    private readonly string _source;
    private readonly string _theirs;

    public TarProgramTests()
    {
        Skip.IfNot(ScratchLayer.MayMakeDevices, "needs root");
        _source = Directory.CreateDirectory(Path.Combine(_layer.Outside, "source")).FullName;
        _theirs = Directory.CreateDirectory(Path.Combine(_layer.Outside, "theirs")).FullName;
    }

    [SkippableTheory]
    [InlineData("gnu")]
    [InlineData("pax")]
    [InlineData("ustar")]
    [InlineData("v7")]
    public async Task Both_make_the_same_tree(string format)
    {
        MakeTree(_source, devices: format != "v7", rich: format is "gnu" or "pax");
        var archive = Path.Combine(_layer.Outside, "archive.tar");
        string[] attributes = format == "pax" ? ["--xattrs", "--xattrs-include=*"] : [];
        await Tool.RunAsync("tar", [$"--format={format}", .. attributes, "-C", _source, "-cf", archive, "."]);
        await Tool.RunAsync("tar", [.. attributes, "--numeric-owner", "-C", _theirs, "-xpf", archive]);
        var bytes = await File.ReadAllBytesAsync(archive);

        var extracted = await _layer.ExtractAsync(bytes);

        (await ListAsync(_layer.Diff)).Should().Equal(await ListAsync(_theirs));
        await Tool.RunAsync("diff", "-r", "--no-dereference", "-x", "pipe", "-x", "null", _theirs, _layer.Diff);
        extracted.DiffId.Should().Be(Digest.Sha256(bytes));
        if (format == "pax")
        {
            _layer.Attribute("file", "user.note").Should().Be("kept");
            _layer.Attribute("capable", "security.capability").Should().NotBeNull();
        }
    }

    public void Dispose() => _layer.Dispose();

    private static void MakeTree(string path, bool devices, bool rich)
    {
        using var root = RootedDirectory.Open(path);
        using var top = root.OpenDirectory("");
        Write(top, "file", "content\n");
        Write(top, "empty", "");
        Write(top, "large", new string('x', 300_000));
        Write(top, "set-uid", "#!", permissions: 0b100_111_101_001);
        top.CreateSymbolicLink("absolute", "/etc/passwd");
        top.CreateSymbolicLink("relative", "../../out");
        top.SetOwner("relative", 7, 8);
        top.CreateHardLink("linked", top, "file");
        top.CreateDirectory("sticky");
        top.SetPermissions("sticky", 0b001_111_111_111);
        using (root.CreateDirectories("one/two/three"))
        using (var two = root.OpenDirectory("one/two"))
            two.SetTimes("three", new UnixTime(1_000_000, 0), new UnixTime(1_000_000, 0));
        if (devices)
        {
            top.CreateNode("pipe", FileKind.Fifo);
            top.CreateNode("null", FileKind.CharacterDevice, new DeviceNumber(1, 3));
        }

        if (rich)
            MakeWhatUstarLacks(root, top);
    }

    private static void MakeWhatUstarLacks(RootedDirectory root, OpenDirectory top)
    {
        Write(top, new string('n', 200), "a long name");
        Write(top, new UnixPath([0xff, 0xfe, (byte)'x']), "");
        using (var deep = root.CreateDirectories(string.Join('/', Enumerable.Repeat(new string('d', 60), 5))))
        {
            Write(deep, "f", "a long path");
            top.CreateHardLink("near", deep, "f");
        }

        top.CreateSymbolicLink("long-link", new string('t', 300));
        Write(top, "foreign", "x");
        top.SetOwner("foreign", 4_000_000, 4_000_001);
        Write(top, "capable", "x", permissions: 0b111_101_101);
        top.SetAttribute("file", "user.note", "kept"u8);
        top.SetAttribute("capable", "security.capability", [1, 0, 0, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
        top.SetTimes("file", new UnixTime(5, 0), new UnixTime(1_700_000_000, 123_456_789));
        top.SetTimes("empty", new UnixTime(5, 0), new UnixTime(-86_400, 0));
    }

    private static void Write(OpenDirectory directory, UnixPath name, string content, uint permissions = 0b110_100_000)
    {
        using (var file = directory.CreateFile(name))
            file.Write(System.Text.Encoding.ASCII.GetBytes(content));
        directory.SetPermissions(name, permissions);
    }

    // The root keeps the store's metadata, so it is left out.
    private static async Task<string[]> ListAsync(string path)
    {
        var lines = await Tool.RunAsync("find", path, "-mindepth", "1", "-printf", @"%P %y %m %U %G %T@ %n %l\n");
        return [.. lines.Split('\n').Order(StringComparer.Ordinal)];
    }
}
