using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Images.Live;
using Ocid.Images.Manifests;
using Ocid.Images.Registries;
using Ocid.Images.Registry;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests.Differential;

/// <summary>
/// A small image, of content that nobody has seen before, in a registry in every form that there is: programs remember what they pushed, and would push it again as it was.
/// </summary>
public sealed class Variants : IAsyncLifetime
{
    public const string Repository = "team/tiny";

    private const string Compatible = """
        compatibility:
          schema1:
            enabled: true
        validation:
          manifests:
            urls:
              allow:
                - ^http://127[.]0[.]0[.]1
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-variants-").FullName;
    private LocalRegistry? _registry;

    public static bool IsPossible => Environment.UserName == "root" && Tool.FirstMissing("docker-registry", "skopeo", "umoci", "podman") is null;

    public LocalRegistry Registry => _registry ?? throw new SkipException("needs root, docker-registry, skopeo, umoci and podman");

    public string this[string variant] => $"{Registry.Host}/{Repository}:{variant}";

    public async Task InitializeAsync()
    {
        if (!IsPossible)
            return;
        _registry = await LocalRegistry.StartAsync(Compatible);
        var layout = Path.Combine(_folder, "tiny");
        await BuildAsync(layout);
        foreach (var format in new[] { "oci", "v2s2", "v2s1" })
            await SkopeoAsync($"oci:{layout}:latest", $"docker://{Registry.Host}/{Repository}/{format}:{format}", "--format", format);
        await SkopeoAsync($"oci:{layout}:latest", $"docker://{this["latest"]}");
        await PushZstdAsync(Path.Combine(_folder, "small"));
        using var registries = new ImageRegistries(new ImageRegistriesOptions { Roots = new ImageConfigurationRoots([_folder]) }, NullLoggerFactory.Instance);
        using var client = new RegistryClient(registries.Transport, ImageReference.Parse(this["latest"]), null, tlsVerify: false, TimeProvider.System, RegistryAccess.PullAndPush);
        await WriteByHandAsync(client);
    }

    public async Task DisposeAsync()
    {
        if (_registry is not null)
            await _registry.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>The reference of a variant; those that skopeo wrote are in repositories of their own.</summary>
    public string Of(string variant) => variant is "oci" or "v2s2" or "v2s1" ? $"{Registry.Host}/{Repository}/{variant}:{variant}" : this[variant];

    // Of another content: skopeo would take the blobs that it knows, whatever their compression.
    private async Task PushZstdAsync(string layout)
    {
        await BuildAsync(layout);
        await SkopeoAsync($"oci:{layout}:latest", $"dir:{layout}-plain", "--dest-decompress");
        await SkopeoAsync($"dir:{layout}-plain", $"docker://{this["zstd"]}", "--dest-compress-format", "zstd", "--format", "oci");
    }

    private static async Task BuildAsync(string layout)
    {
        await Tool.RunAsync("umoci", "init", "--layout", layout);
        await Tool.RunAsync("umoci", "new", "--image", $"{layout}:latest");
        for (var layer = 1; layer <= 3; layer++)
        {
            var content = Directory.CreateDirectory($"{layout}-content{layer}").FullName;
            await File.WriteAllTextAsync(Path.Combine(content, $"file{layer}"), $"{Guid.NewGuid()}\n{new string('x', 5000)}");
            File.CreateSymbolicLink(Path.Combine(content, $"link{layer}"), $"file{layer}");
            await Tool.RunAsync("umoci", "insert", "--image", $"{layout}:latest", content, "/data");
        }

        await Tool.RunAsync("umoci", "insert", "--image", $"{layout}:latest", "--whiteout", "/data/file1");
        await Tool.RunAsync(
            "umoci", "config", "--image", $"{layout}:latest", "--author", "Ümläut <a&b@example.org>", "--config.user", "1000:1000", "--config.env", "PATH=/bin", "--config.env", "QUOTED=\"a\" <b>",
            "--config.entrypoint", "/bin/sh", "--config.cmd", "-c", "--config.label", "z=1", "--config.label", "a=é", "--config.volume", "/data", "--config.exposedports", "80/tcp", "--config.stopsignal", "SIGQUIT");
    }

    // What no program of Debian writes.
    private static async Task WriteByHandAsync(RegistryClient registry)
    {
        var latest = await registry.ReadManifestAsync("latest", CancellationToken.None);
        await registry.WriteManifestAsync("multi", Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.OciIndex,
            ["manifests"] = new JsonArray(
                Platformed(new Descriptor { MediaType = latest.MediaType, Digest = latest.Digest, Size = latest.Bytes.Length }, Platform.Host.Architecture)),
        }), MediaTypes.OciIndex, CancellationToken.None);

        var config = JsonNode.Parse(await registry.ReadBlobAsync(latest.Config, CancellationToken.None))!.AsObject();
        config.Remove("created");
        config["docker_version"] = "20.10.7";
        config["container"] = "0123";
        config["variant"] = "v3";
        config["config"]!["Hostname"] = "builder";
        config["config"]!["Volumes"] = new JsonObject { ["/z"] = new JsonObject(), ["/a"] = new JsonObject() };
        await WriteDockerAsync(registry, "docker", config, latest.Layers.Select(layer => Layer(layer, "application/vnd.docker.image.rootfs.diff.tar.gzip")));
        await WriteDockerAsync(registry, "foreign", config, latest.Layers.Select(layer => Layer(layer, "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip", $"http://{registry.Repository.Domain}/v2/{registry.Repository.Path}/blobs/{layer.Digest}")));

        var nothing = await registry.UploadBlobAsync(null, new MemoryStream("{}"u8.ToArray()), CancellationToken.None);
        await registry.WriteManifestAsync("artifact", Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.OciManifest,
            ["config"] = Layer(new Descriptor { Digest = nothing.Digest, Size = nothing.Size }, "application/vnd.example.config.v1+json"),
            ["layers"] = new JsonArray(Layer(new Descriptor { Digest = nothing.Digest, Size = nothing.Size }, "application/vnd.example.content.v1+json")),
        }), MediaTypes.OciManifest, CancellationToken.None);
    }

    private static async Task WriteDockerAsync(RegistryClient registry, string tag, JsonObject config, IEnumerable<JsonNode> layers)
    {
        var sent = await registry.UploadBlobAsync(null, new MemoryStream(Json(config)), CancellationToken.None);
        await registry.WriteManifestAsync(tag, Json(new JsonObject
        {
            ["schemaVersion"] = 2,
            ["mediaType"] = MediaTypes.DockerManifest,
            ["config"] = Layer(new Descriptor { Digest = sent.Digest, Size = sent.Size }, MediaTypes.DockerConfig),
            ["layers"] = new JsonArray([.. layers]),
        }), MediaTypes.DockerManifest, CancellationToken.None);
    }

    private static JsonObject Layer(Descriptor blob, string mediaType, params string[] urls)
    {
        var layer = new JsonObject { ["mediaType"] = mediaType, ["size"] = blob.Size, ["digest"] = blob.Digest.ToString() };
        if (urls.Length > 0)
            layer["urls"] = new JsonArray([.. urls.Select(url => (JsonNode)url)]);
        return layer;
    }

    private static JsonObject Platformed(Descriptor image, string architecture)
    {
        var entry = Layer(image, image.MediaType);
        entry["platform"] = new JsonObject { ["os"] = "linux", ["architecture"] = architecture };
        return entry;
    }

    private static byte[] Json(JsonNode document) => Encoding.UTF8.GetBytes(document.ToJsonString());

    private static Task<string> SkopeoAsync(string from, string to, params string[] options) =>
        Tool.RunAsync("skopeo", ["copy", "--quiet", "--insecure-policy", "--src-tls-verify=false", "--dest-tls-verify=false", .. options, from, to]);
}
