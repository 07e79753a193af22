using Ocid.Linux;
using Ocid.Storage.Archive;

namespace Ocid.Storage.Tests.Archive;

/// <summary>An empty directory to unpack into, with one beside it that must stay untouched.</summary>
internal sealed class ScratchLayer : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("ocid-layer-").FullName;

    public string Diff => Path.Combine(Folder, "diff");

    public string Outside => Path.Combine(Folder, "outside");

    public byte[] Record { get; private set; } = [];

    public ScratchLayer()
    {
        Directory.CreateDirectory(Diff);
        Directory.CreateDirectory(Outside);
        File.WriteAllText(Path.Combine(Outside, "secret"), "secret");
    }

    public static bool MayMakeDevices => Environment.UserName == "root";

    public async Task<ExtractedLayer> ExtractAsync(byte[] archive, ExtractionLimits? limits = null)
    {
        using var record = new MemoryStream();
        var layer = await LayerExtractor.ExtractAsync(new MemoryStream(archive), Diff, record, limits ?? ExtractionLimits.Default, CancellationToken.None);
        Record = record.ToArray();
        return layer;
    }

    public FileStatus? Status(string path)
    {
        using var root = RootedDirectory.Open(Diff);
        var (parent, name) = ((UnixPath)path).Split();
        using var directory = root.OpenDirectory(parent);
        return directory.Status(name);
    }

    public string? Attribute(string path, string attribute)
    {
        using var root = RootedDirectory.Open(Diff);
        var (parent, name) = ((UnixPath)path).Split();
        using var directory = root.OpenDirectory(parent);
        return directory.GetAttribute(name, attribute) is { } value ? System.Text.Encoding.UTF8.GetString(value) : null;
    }

    // Directory.Delete cannot name what is not UTF-8.
    public void Dispose()
    {
        using var root = RootedDirectory.Open(Path.GetDirectoryName(Folder)!);
        using var parent = root.OpenDirectory("");
        parent.Remove(Path.GetFileName(Folder));
    }
}
