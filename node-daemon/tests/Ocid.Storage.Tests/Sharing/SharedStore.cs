using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Ocid.Storage.Archive;
using Ocid.Storage.Tests.Archive;
using Ocid.Testing;

namespace Ocid.Storage.Tests.Sharing;

/// <summary>A fresh store that this process and Debian's programs open at the same time.</summary>
internal sealed class SharedStore(string driver = "overlay") : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-store-").FullName;

    public string Folder => _folder;

    public string Root => Path.Combine(_folder, "root");

    public string RunRoot => Path.Combine(_folder, "run");

    public static CancellationToken Soon => new CancellationTokenSource(TimeSpan.FromSeconds(60)).Token;

    public static void SkipUnlessPossible()
    {
        Skip.IfNot(Environment.UserName == "root", "needs root");
        Skip.IfNot(Tool.FirstMissing("podman", "skopeo") is null, "needs podman and skopeo");
    }

    public StoreOptions Options => new() { Root = Root, RunRoot = RunRoot, Driver = driver, MountOptions = driver == "overlay" ? ["nodev"] : [] };

    public Task<Store> OpenAsync(Action<string>? reached = null) => OpenAsync(Options with { Reached = reached ?? (_ => { }) });

    public static Task<Store> OpenAsync(StoreOptions options) => Store.OpenAsync(options, NullLoggerFactory.Instance, Soon);

    public Task<string> PodmanAsync(params string[] arguments) =>
        Tool.RunAsync("podman", ["--root", Root, "--runroot", RunRoot, "--storage-driver", driver, .. arguments]);

    public async Task<IReadOnlyList<string>> PodmanImagesAsync() =>
        (await PodmanAsync("images", "--all", "--no-trunc", "--quiet")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(id => id.Replace("sha256:", "")).Distinct().ToList();

    /// <summary>Lets podman make an image of one file.</summary>
    public async Task<ImageId> ImportAsync(string name, params Action<TarText>[] entries)
    {
        var archive = Path.Combine(_folder, $"{Guid.NewGuid():n}.tar");
        await File.WriteAllBytesAsync(archive, TarText.Of(entries));
        return ImageId.Parse((await PodmanAsync("import", "--quiet", archive, name)).Trim().Replace("sha256:", ""));
    }

    /// <summary>An image staged as a pull does it, and not yet committed.</summary>
    public static async Task<ImageCommit> StageAsync(Store store, string name, params byte[][] archives)
    {
        var layers = new List<CommittedLayer>();
        foreach (var archive in archives)
        {
            var staging = await store.StageLayerAsync(Soon);
            await using var record = File.Create(staging.TarSplitPath);
            var extracted = await LayerExtractor.ExtractAsync(new MemoryStream(archive), staging.DiffPath, record, ExtractionLimits.Default, Soon);
            layers.Add(new CommittedLayer
            {
                DiffId = extracted.DiffId,
                UncompressedSize = extracted.UncompressedSize,
                CompressedDigest = Digest.Sha256(archive),
                CompressedSize = archive.Length,
                Staged = staging,
                UserIds = extracted.UserIds,
                GroupIds = extracted.GroupIds,
            });
        }

        var config = Json($$"""
            {"architecture":"amd64","os":"linux","config":{"Cmd":["/bin/sh"]},"created":"2024-01-02T03:04:05Z",
             "rootfs":{"type":"layers","diff_ids":[{{string.Join(',', layers.Select(layer => $"\"{layer.DiffId}\""))}}]},
             "history":[{{string.Join(',', layers.Select(_ => "{\"created\":\"2024-01-02T03:04:05Z\"}"))}}]}
            """);
        var descriptors = layers.Select(layer =>
            $$"""{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{layer.CompressedDigest}}","size":{{layer.CompressedSize}}}""");
        var manifest = Json($$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",
             "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{Digest.Sha256(config)}}","size":{{config.Length}}},
             "layers":[{{string.Join(',', descriptors)}}]}
            """);
        var (digest, configDigest) = (Digest.Sha256(manifest), Digest.Sha256(config));
        return new ImageCommit
        {
            Id = ImageId.OfConfig(configDigest),
            Digest = digest,
            Names = [name],
            Layers = layers,
            BigData = [new($"manifest-{digest}", manifest), new("manifest", manifest), new(configDigest.ToString(), config)],
            Metadata = "{}",
            Created = DateTimeOffset.Parse("2024-01-02T03:04:05Z"),
        };
    }

    public static async Task<ImageRecord> CommitAsync(Store store, string name, params byte[][] archives)
    {
        var image = await StageAsync(store, name, archives);
        try
        {
            return await store.CommitImageAsync(image, Soon);
        }
        finally
        {
            foreach (var layer in image.Layers)
                await layer.Staged!.DisposeAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var mount in MountTable.Read().Where(mount => mount.MountPoint.StartsWith(_folder + "/", StringComparison.Ordinal)).Reverse())
            Mounts.Unmount(mount.MountPoint, detach: true);
        await Tool.RunAsync("rm", "-rf", _folder);
    }

    private static byte[] Json(string text) => Encoding.UTF8.GetBytes(JsonNode.Parse(text)!.ToJsonString());
}
