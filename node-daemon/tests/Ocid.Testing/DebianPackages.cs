namespace Ocid.Testing;

/// <summary>Debian's package files, downloaded once with apt.</summary>
internal static class DebianPackages
{
    private static readonly string Cache = Path.Combine(Repository.Artifacts, "test-images", "packages");

    /// <summary>The package files of <paramref name="names"/>, in that order.</summary>
    public static async Task<IReadOnlyList<string>> DownloadAsync(IReadOnlyList<string> names)
    {
        Directory.CreateDirectory(Cache);
        await using var turn = await ExclusiveFile.OpenAsync($"{Cache}.lock");
        var missing = names.Where(name => Cached(name) is null).ToArray();
        if (missing.Length > 0)
            await FetchAsync(missing);
        return [.. names.Select(name => Cached(name) ?? throw new InvalidOperationException($"apt-get download {name}: no file"))];
    }

    private static string? Cached(string name) => Directory.EnumerateFiles(Cache, $"{name}_*.deb").FirstOrDefault();

    private static async Task FetchAsync(string[] names)
    {
        var download = new[] { "download", "-qq" }.Concat(names).ToArray();
        var first = await Tool.TryRunAsync(Cache, "apt-get", download);
        if (first.ExitCode == 0)
            return;
        // The package lists of a fresh or an old machine name versions that the mirror does not have.
        await Tool.RunAsync("apt-get", "update", "-qq");
        await Tool.RunInAsync(Cache, "apt-get", download);
    }
}
