using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Ocid.Testing;

/// <summary>The records of a store of many images, each with layers of its own, as containers/storage writes them, and the files beside them: configurations, empty tar-split records; layers have no content.</summary>
public static class LargeStore
{
    public const int Images = 1000;
    public const int LayersPerImage = 5;

    /// <summary>Writes the records over those of a store.</summary>
    /// <param name="root">Its root; the folders of records exist.</param>
    public static void Fill(string root)
    {
        var (images, layers) = (new JsonArray(), new JsonArray());
        for (var image = 0; image < Images; image++)
        {
            string? top = null;
            for (var at = 0; at < LayersPerImage; at++)
            {
                var layer = Layer($"{image} {at}", top);
                layers.Add((JsonNode)layer);
                top = layer["id"]!.GetValue<string>();
                File.WriteAllBytes(Path.Combine(root, "overlay-layers", $"{top}.tar-split.gz"), []);
            }

            var record = Image(image, top!);
            images.Add((JsonNode)record);
            var (id, directory) = (record["id"]!.GetValue<string>(), Path.Combine(root, "overlay-images", record["id"]!.GetValue<string>()));
            Directory.CreateDirectory(directory);
            File.WriteAllText(Path.Combine(directory, $"={Convert.ToBase64String(Encoding.UTF8.GetBytes($"sha256:{id}"))}"), Configuration);
        }

        File.WriteAllText(Path.Combine(root, "overlay-images", "images.json"), images.ToJsonString());
        File.WriteAllText(Path.Combine(root, "overlay-layers", "layers.json"), layers.ToJsonString());
    }

    // Ids of layers are those of containers/image: of a lowest one its diff id, else the digest of the parent's id and it.
    private static JsonObject Layer(string content, string? parent)
    {
        var diffId = Hex(content);
        var layer = new JsonObject { ["id"] = parent is null ? diffId : Hex($"{parent}+{diffId}") };
        if (parent is not null)
            layer["parent"] = parent;
        layer["created"] = "2024-01-02T03:04:05.123456789Z";
        (layer["compressed-diff-digest"], layer["compressed-size"]) = ($"sha256:{Hex($"{content} compressed")}", 500);
        (layer["diff-digest"], layer["diff-size"], layer["compression"]) = ($"sha256:{diffId}", 1000, 2);
        (layer["uidset"], layer["gidset"]) = (new JsonArray(0), new JsonArray(0, 42));
        return layer;
    }

    private static JsonObject Image(int number, string topLayer)
    {
        var (id, manifest) = (Hex($"image {number}"), Hex($"manifest {number}"));
        string[] keys = [$"sha256:{id}", $"manifest-sha256:{manifest}", "manifest"];
        return new JsonObject
        {
            ["id"] = id,
            ["digest"] = $"sha256:{manifest}",
            ["names"] = new JsonArray($"localhost/image-{number}:1"),
            ["names-history"] = new JsonArray($"localhost/image-{number}:1"),
            ["layer"] = topLayer,
            ["metadata"] = "{}",
            ["big-data-names"] = new JsonArray([.. keys.Select(key => (JsonNode)key)]),
            ["big-data-sizes"] = new JsonObject(keys.Select(key => KeyValuePair.Create(key, (JsonNode?)Configuration.Length))),
            ["big-data-digests"] = new JsonObject(keys.Select(key => KeyValuePair.Create(key, (JsonNode?)$"sha256:{(key == keys[0] ? id : manifest)}"))),
            ["created"] = "2024-01-02T03:04:05.123456789Z",
        };
    }

    private const string Configuration = """
        {"architecture":"amd64","os":"linux","created":"2024-01-02T03:04:05Z","config":{"Env":["PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"],"Cmd":["/bin/sh"],"Labels":{"a":"b"}},
        "rootfs":{"type":"layers","diff_ids":[]},"history":[{"created":"2024-01-02T03:04:05Z","created_by":"/bin/sh -c #(nop) CMD [\"/bin/sh\"]","empty_layer":true}]}
        """;

    private static string Hex(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(text)));
}
