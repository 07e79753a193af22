using Ocid.Linux;

namespace Ocid.Storage.Layers;

/// <summary>Directories renamed out of the way, deleted when disposed: that takes long and needs no lock of the store.</summary>
internal sealed class Discarded(string directory, Action remove) : IDisposable, IAsyncDisposable
{
    private int _count;

    public void Take(string path)
    {
        if (Directory.Exists(path))
            Directory.Move(path, Path.Combine(directory, $"{_count++}"));
    }

    public void Dispose() => remove();

    public async ValueTask DisposeAsync() => await OwnThread.RunAsync(remove);
}
