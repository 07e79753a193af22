namespace Ocid.Linux.Tests;

public sealed class AtomicFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ocid-atomic-");

    private string Target => Path.Combine(_folder.FullName, "file");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Write_replaces_the_content_and_gives_the_mode()
    {
        File.WriteAllText(Target, "a longer former content");

        AtomicFile.Write(Target, "new"u8);

        File.ReadAllText(Target).Should().Be("new");
        File.GetUnixFileMode(Target).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public void Write_leaves_the_former_content_and_nothing_else_when_it_fails()
    {
        File.WriteAllText(Target, "former");

        var write = () => AtomicFile.Write(Target, "new"u8, AtomicFile.Private, durable: true, () => throw new IOException("full"));

        write.Should().Throw<IOException>();
        File.ReadAllText(Target).Should().Be("former");
        _folder.GetFiles().Should().ContainSingle();
    }
}
