namespace Ocid.Testing;

/// <summary>About 330 MB in five gzip layers of some 80 MB, of packages with many small files and packages with few big ones, as images have them.</summary>
internal static class BenchmarkImage
{
    private static readonly string[][] Layers =
    [
        ["libc6", "libc-bin", "coreutils", "bash", "perl-base", "libssl3", "tzdata", "dpkg", "apt", "linux-libc-dev"],
        ["libperl5.36", "perl-modules-5.36", "libpython3.11-stdlib", "libpython3.11-minimal", "python3-pip"],
        ["vim-runtime", "libboost1.74-dev"],
        ["libicu72", "libstdc++-12-dev", "libc6-dev"],
        ["cpp-12", "libnode108"],
    ];

    public static async Task BuildAsync(string image)
    {
        foreach (var packages in Layers)
            await InFolderAsync(packages, root => Tool.RunAsync("umoci", "insert", "--image", image, root, "/"));
        await Tool.RunAsync("umoci", "config", "--image", image, "--config.cmd", "bash");
    }

    /// <summary>An archive of at least 500 MB of the same files and, for what they lack, of one big one.</summary>
    public static Task ArchiveAsync(string file) => InFolderAsync([.. Layers.SelectMany(packages => packages)], async root =>
    {
        const long Size = 500_000_000;
        var random = new Random(1);
        var block = new byte[1 << 20];
        var length = long.Parse((await Tool.RunAsync("du", "--summarize", "--bytes", root)).Split('\t')[0], System.Globalization.CultureInfo.InvariantCulture);
        await using (var big = File.Create(Path.Combine(root, "big")))
        {
            for (; length < Size; length += block.Length)
            {
                random.NextBytes(block);
                await big.WriteAsync(block);
            }
        }

        await Tool.RunAsync("tar", "--create", "--file", file, "--directory", root, ".");
    });

    private static async Task InFolderAsync(string[] packages, Func<string, Task> use)
    {
        var root = Directory.CreateTempSubdirectory("ocid-benchmark-").FullName;
        try
        {
            File.SetUnixFileMode(root, (UnixFileMode)0b111_101_101);
            foreach (var package in await DebianPackages.DownloadAsync(packages))
                await Tool.RunAsync("dpkg-deb", "--extract", package, root);
            await use(root);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }
}
