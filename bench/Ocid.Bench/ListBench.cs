using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Images.Catalog;
using Ocid.Storage;
using Ocid.Testing;

namespace Ocid.Bench;

/// <summary>How long the lists of a big store take whose record files are in the page cache. Each first is the first of a process of its own.</summary>
internal static class ListBench
{
    /// <summary>The argument of the processes that measure one store each.</summary>
    public const string Once = "list-once";

    private static readonly string[] s_names = ["open the store, for the first time in a process", "first lists", "open it again", "lists of that one", "lists once more", "every image with its configuration, for the first time", "once more"];

    public static async Task RunAsync(int rounds)
    {
        var folder = Directory.CreateTempSubdirectory("ocid-bench-").FullName;
        try
        {
            await using (await OpenAsync(folder))
                LargeStore.Fill(Path.Combine(folder, "root"));
            var lines = new List<double[]>();
            for (var round = -1; round < rounds; round++)
            {
                var output = await Tool.RunAsync(Environment.ProcessPath!, [.. Arguments, Once, folder]);
                if (round >= 0)
                    lines.Add([.. output.Split(' ').Select(text => double.Parse(text, CultureInfo.InvariantCulture))]);
            }

            // Pairs: of the clock, and of the processor.
            Console.WriteLine("| | milliseconds (min–max) | of the processor |\n|---|---|---|");
            foreach (var (at, name) in s_names.Index())
                Console.WriteLine($"| {name} | {Cell(lines.Select(line => line[2 * at]))} | {Cell(lines.Select(line => line[(2 * at) + 1]))} |");
        }
        finally
        {
            await Tool.TryRunAsync(null, "umount", Path.Combine(folder, "root/overlay"));
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Measures in this process, and prints a pair of numbers for each name.</summary>
    public static async Task MeasureAsync(string folder)
    {
        var numbers = new List<double>();
        for (var turn = 0; turn < 2; turn++)
        {
            var (opening, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            await using var store = await OpenAsync(folder);
            numbers.AddRange([Stopwatch.GetElapsedTime(opening).TotalMilliseconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds]);
            for (var look = 0; look <= turn; look++)
                numbers.AddRange(Lists(store));
            var catalog = new ImageCatalog(store);
            for (var look = 0; look < 2 * turn; look++)
                numbers.AddRange(await CatalogAsync(catalog));
        }

        Console.Write(string.Join(' ', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture))));
    }

    private static double[] Lists(Store store)
    {
        var (started, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var (images, layers, containers) = (store.Images.Count, store.Layers.Count, store.Containers.Count);
        double[] took = [Stopwatch.GetElapsedTime(started).TotalMilliseconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds];
        return (images, layers, containers) == (LargeStore.Images, LargeStore.Images * LargeStore.LayersPerImage, 0) ? took : throw new InvalidOperationException($"{images} images, {layers} layers");
    }

    private static async Task<double[]> CatalogAsync(ImageCatalog catalog)
    {
        var (started, before) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var images = await catalog.ListAsync(CancellationToken.None);
        double[] took = [Stopwatch.GetElapsedTime(started).TotalMilliseconds, (Environment.CpuUsage.TotalTime - before).TotalMilliseconds];
        return images.Count(image => image.Config.Architecture.Length > 0) == LargeStore.Images ? took : throw new InvalidOperationException($"{images.Count} images");
    }

    private static string Cell(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return string.Create(CultureInfo.InvariantCulture, $"{(sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2:0.##} ({sorted[0]:0.##}–{sorted[^1]:0.##})");
    }

    private static Task<Store> OpenAsync(string folder) =>
        Store.OpenAsync(new StoreOptions { Root = Path.Combine(folder, "root"), RunRoot = Path.Combine(folder, "run") }, NullLoggerFactory.Instance, CancellationToken.None);

    // Of `dotnet Ocid.Bench.dll`; a program of its own has none.
    private static string[] Arguments => Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "Ocid.Bench.dll")] : [];
}
