namespace Ocid.Cri.Tests;

/// <summary>A directory of its own under /tmp, gone with the test.</summary>
internal sealed class TemporaryDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("ocid-cri-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
