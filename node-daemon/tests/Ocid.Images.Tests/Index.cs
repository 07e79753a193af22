using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Ocid.Images.Manifests;
using Ocid.Primitives;
using Ocid.Testing;

namespace Ocid.Images.Tests;

/// <summary>Documents put into a registry by hand.</summary>
internal static class Index
{
    /// <summary>An index of the repository's <c>latest</c> for this machine, and of nothing for another.</summary>
    public static async Task<(Digest Index, Digest Manifest)> PushAsync(LocalRegistry registry, string repository, string tag)
    {
        var manifest = await GetAsync(registry, $"{repository}/manifests/latest");
        var digest = Digest.Sha256(manifest);
        var index = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"{{MediaTypes.OciIndex}}","manifests":[
              {"mediaType":"{{MediaTypes.OciManifest}}","digest":"{{digest}}","size":{{manifest.Length}},"platform":{"os":"linux","architecture":"{{Platform.Host.Architecture}}"} }
            ]}
            """);
        await PutAsync(registry, $"{repository}/manifests/{tag}", index, MediaTypes.OciIndex);
        return (Digest.Sha256(index), digest);
    }

    /// <summary>The repository's <c>latest</c> with a configuration that names another content of its layer.</summary>
    public static async Task PushLyingAsync(LocalRegistry registry, string repository, string tag)
    {
        var manifest = JsonNode.Parse(await GetAsync(registry, $"{repository}/manifests/latest"))!;
        var config = JsonNode.Parse(await GetAsync(registry, $"{repository}/blobs/{manifest["config"]!["digest"]}"))!;
        config["rootfs"]!["diff_ids"]![0] = Digest.Sha256("another"u8).ToString();
        var text = Encoding.UTF8.GetBytes(config.ToJsonString());
        await UploadAsync(registry, repository, text);
        manifest["config"]!["digest"] = Digest.Sha256(text).ToString();
        manifest["config"]!["size"] = text.Length;
        await PutAsync(registry, $"{repository}/manifests/{tag}", Encoding.UTF8.GetBytes(manifest.ToJsonString()), MediaTypes.OciManifest);
    }

    /// <summary>Takes the blobs of an image from a registry, and leaves it the manifest.</summary>
    public static async Task LoseBlobsAsync(this LocalRegistry registry, string repository, string tag)
    {
        var manifest = ManifestDocument.Parse(await GetAsync(registry, $"{repository}/manifests/{tag}"), null);
        using var http = new HttpClient();
        foreach (var blob in manifest.Layers.Append(manifest.Config))
            (await http.DeleteAsync(new Uri(registry.Address, $"{repository}/blobs/{blob.Digest}"))).EnsureSuccessStatusCode();
    }

    private static async Task<byte[]> GetAsync(LocalRegistry registry, string path)
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Accept.ParseAdd(MediaTypes.OciManifest);
        return await http.GetByteArrayAsync(new Uri(registry.Address, path));
    }

    private static async Task PutAsync(LocalRegistry registry, string path, byte[] body, string mediaType)
    {
        using var http = new HttpClient();
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
        (await http.PutAsync(new Uri(registry.Address, path), content)).EnsureSuccessStatusCode();
    }

    private static async Task UploadAsync(LocalRegistry registry, string repository, byte[] blob)
    {
        using var http = new HttpClient();
        var begun = (await http.PostAsync(new Uri(registry.Address, $"{repository}/blobs/uploads/"), null)).EnsureSuccessStatusCode();
        var location = new Uri(registry.Address, begun.Headers.Location!).ToString();
        using var content = new ByteArrayContent(blob);
        (await http.PutAsync($"{location}{(location.Contains('?') ? '&' : '?')}digest={Digest.Sha256(blob)}", content)).EnsureSuccessStatusCode();
    }
}
