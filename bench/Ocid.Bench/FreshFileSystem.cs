using Ocid.Testing;

namespace Ocid.Bench;

/// <summary>A new ext4 in a file, mounted by a loop device: no run finds what another left, nor a device that discards while it writes.</summary>
internal sealed class FreshFileSystem : IAsyncDisposable
{
    private readonly string _file;

    private FreshFileSystem(string file, string path) => (_file, Path) = (file, path);

    public string Path { get; }

    public static async Task<FreshFileSystem> MountAsync()
    {
        var folder = Directory.CreateTempSubdirectory("ocid-bench-").FullName;
        var file = System.IO.Path.Combine(folder, "ext4");
        var path = Directory.CreateDirectory(System.IO.Path.Combine(folder, "mnt")).FullName;
        await using (var stream = File.Create(file))
            stream.SetLength(3L << 30);
        await Tool.RunAsync("mkfs.ext4", "-q", "-E", "lazy_itable_init=0,lazy_journal_init=0", file);
        await Tool.RunAsync("mount", "-o", "loop", file, path);
        await Tool.RunAsync("sync", "-f", path);
        return new FreshFileSystem(file, path);
    }

    public async ValueTask DisposeAsync()
    {
        await Tool.RunAsync("umount", "--recursive", Path);
        File.Delete(_file);
        Directory.Delete(System.IO.Path.GetDirectoryName(_file)!, recursive: true);
    }
}
