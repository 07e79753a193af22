namespace Ocid.Testing;

/// <summary>
/// Images made of Debian packages: a static busybox of one layer, and a Debian root file system of several layers
/// (libc, shell tools, python, and one with a removed folder and a replaced one).
/// Each is an OCI layout, built once into <c>artifacts/test-images</c>.
/// </summary>
public static class TestImages
{
    /// <summary>The path every image sets in its configuration.</summary>
    public const string SearchPath = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private static readonly string Cache = Path.Combine(Repository.Artifacts, "test-images");

    /// <summary>The OCI layout of the busybox image, as <c>folder:tag</c>.</summary>
    public static Task<string> BusyboxAsync() => CachedAsync("busybox-1", BusyboxImage.BuildAsync);

    /// <summary>The OCI layout of the Debian image, as <c>folder:tag</c>.</summary>
    public static Task<string> DebianAsync() => CachedAsync("debian-1", DebianImage.BuildAsync);

    /// <summary>The least that the one layer of <see cref="BigLayerAsync"/> has, compressed.</summary>
    public const int BigLayerBytes = 24 << 20;

    /// <summary>The OCI layout of an image of one big layer of random bytes, as <c>folder:tag</c>.</summary>
    public static Task<string> BigLayerAsync() => CachedAsync("big-layer-1", BigLayerImage.BuildAsync);

    /// <summary>The OCI layout of the image that the benchmarks pull, as <c>folder:tag</c>.</summary>
    public static Task<string> BenchmarkAsync() => CachedAsync("benchmark-1", BenchmarkImage.BuildAsync);

    /// <summary>The archive that the benchmarks extract.</summary>
    public static async Task<string> BenchmarkArchiveAsync()
    {
        Directory.CreateDirectory(Cache);
        var archive = Path.Combine(Cache, "benchmark-1.tar");
        await using var turn = await ExclusiveFile.OpenAsync($"{archive}.lock");
        if (!File.Exists(archive))
        {
            await BenchmarkImage.ArchiveAsync($"{archive}.unfinished");
            File.Move($"{archive}.unfinished", archive, overwrite: true);
        }

        return archive;
    }

    /// <summary>Copies an OCI layout into a registry and returns the reference it has there, <c>127.0.0.1:port/name:tag</c>.</summary>
    public static async Task<string> PushAsync(
        this LocalRegistry registry, string layout, string name, string tag = "latest", ImageFormat format = ImageFormat.Oci)
    {
        var reference = $"{registry.Host}/{name}:{tag}";
        await Tool.RunAsync(
            "skopeo", "copy", "--quiet", "--insecure-policy", "--dest-tls-verify=false", "--format", format.ToString().ToLowerInvariant(),
            $"oci:{layout}", $"docker://{reference}");
        return reference;
    }

    /// <summary>Builds an image once; test processes that come at the same time wait for the first.</summary>
    private static async Task<string> CachedAsync(string name, Func<string, Task> build)
    {
        const string tag = "latest";
        Directory.CreateDirectory(Cache);
        var layout = Path.Combine(Cache, name);
        await using var turn = await ExclusiveFile.OpenAsync($"{layout}.lock");
        if (Directory.Exists(layout))
            return $"{layout}:{tag}";

        var unfinished = $"{layout}.unfinished";
        if (Directory.Exists(unfinished))
            Directory.Delete(unfinished, recursive: true);
        await Tool.RunAsync("umoci", "init", "--layout", unfinished);
        await Tool.RunAsync("umoci", "new", "--image", $"{unfinished}:{tag}");
        await build($"{unfinished}:{tag}");
        await Tool.RunAsync("umoci", "gc", "--layout", unfinished);
        Directory.Move(unfinished, layout);
        return $"{layout}:{tag}";
    }
}
