using Ocid.Testing;

namespace Ocid.E2E.Tests.HardDays;

/// <summary>A directory that cannot be deleted, because something is mounted in it; disposed, it can.</summary>
internal sealed class BusyDirectory : IAsyncDisposable
{
    private readonly string _mount;

    private BusyDirectory(string mount) => _mount = mount;

    public static async Task<BusyDirectory> MakeAsync(string directory)
    {
        var mount = Directory.CreateDirectory(Path.Combine(directory, "busy")).FullName;
        await Tool.RunAsync("mount", "-t", "tmpfs", "busy", mount);
        return new BusyDirectory(mount);
    }

    public async ValueTask DisposeAsync() => await Tool.RunAsync("umount", _mount);
}
