using Ocid.Storage.Archive;
using Ocid.Testing;

namespace Ocid.Bench;

internal static class ExtractBench
{
    public static async Task RunAsync(int rounds)
    {
        var archive = await TestImages.BenchmarkArchiveAsync();
        var table = new Table("tar");
        for (var round = -1; round < rounds; round++)
        {
            foreach (var (name, extract) in new[] { ("ocid", (Func<string, Task>)(folder => OcidAsync(archive, folder))), ("tar -x", folder => TarAsync(archive, folder)) })
            {
                await using var files = await FreshFileSystem.MountAsync();
                var run = await Run.MeasureAsync(() => extract(files.Path));
                if (round >= 0)
                    table.Add(name, run);
            }
        }

        table.Print();
    }

    // With both digests and the tar-split record, which tar has not.
    private static async Task OcidAsync(string archive, string folder)
    {
        var diff = Directory.CreateDirectory(Path.Combine(folder, "diff")).FullName;
        await using var content = new FileStream(archive, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        await using var record = File.Create(Path.Combine(folder, "tar-split.gz"));
        await LayerExtractor.ExtractAsync(content, diff, record, ExtractionLimits.Default, CancellationToken.None);
    }

    private static Task<string> TarAsync(string archive, string folder) =>
        Tool.RunAsync("tar", "--extract", "--same-owner", "--preserve-permissions", "--numeric-owner", "--file", archive, "--directory", Directory.CreateDirectory(Path.Combine(folder, "diff")).FullName);
}
