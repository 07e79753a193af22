using Ocid.Linux.Compression;
using Ocid.Storage.Archive;
using Ocid.Testing;

namespace Ocid.Bench;

internal static class PullBench
{
    public static async Task RunAsync(int rounds)
    {
        await using var registry = await LocalRegistry.StartAsync();
        var reference = await registry.PushAsync(await TestImages.BenchmarkAsync(), "bench");
        var contestants = new List<(string Name, Func<string, Task<Run>> PullAsync)>();
        if (IsalGzip.IsAvailable)
            contestants.Add(("ocid, ISA-L", folder => OcidPull.RunAsync(folder, reference, GzipEngine.Isal)));
        contestants.Add(("ocid, zlib-ng", folder => OcidPull.RunAsync(folder, reference, GzipEngine.Zlib)));
        foreach (var programs in Containerd.Folders)
            contestants.Add((await Containerd.NameAsync(programs), folder => Containerd.PullAsync(programs, folder, reference)));
        if (Tool.Find("podman") is not null)
            contestants.Add(("podman", folder => PodmanPull.RunAsync(folder, reference)));

        // What was never run is compiled, and read from disk, first.
        var table = new Table("containerd");
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (name, pull) in contestants)
            {
                await using var files = await FreshFileSystem.MountAsync();
                var run = await pull(files.Path);
                if (round >= 0)
                    table.Add(name, run);
            }
        }

        table.Print();
    }
}
