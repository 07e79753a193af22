using System.Text.Json;
using System.Text.Json.Nodes;
using Ocid.Storage.Records;

namespace Ocid.Storage.Layers;

/// <summary>
/// Beside a staged layer: that it is whole and verified, and what it is. It counts within the same boot only, for what the note
/// speaks of is perhaps not on disk yet; and for a time.
/// </summary>
internal static class StagedLayerNote
{
    private const string Boot = "boot";

    public static void Write(string path, CommittedLayer layer)
    {
        var note = LayerJson.Members(layer);
        note[Boot] = BootId.Current;
        File.WriteAllText(path, note.ToJsonString());
    }

    /// <summary>The layer that the note tells of; null where there is none that counts.</summary>
    public static CommittedLayer? Read(string path, TimeSpan keep)
    {
        try
        {
            return File.Exists(path) && DateTime.UtcNow - File.GetLastWriteTimeUtc(path) < keep && JsonNode.Parse(File.ReadAllText(path)) is JsonObject note
                && note.Text(Boot) == BootId.Current && note.Digest("diff-digest") is { } diffId
                ? Read(note, diffId)
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException)
        {
            return null; // half written, or just removed
        }
    }

    private static CommittedLayer Read(JsonObject note, Primitives.Digest diffId) => new()
    {
        DiffId = diffId,
        UncompressedSize = note.Number("diff-size"),
        CompressedDigest = note.Digest("compressed-diff-digest"),
        CompressedSize = note.Number("compressed-size"),
        Compression = (LayerCompression)note.Number("compression"),
        UserIds = Ids(note, "uidset"),
        GroupIds = Ids(note, "gidset"),
    };

    private static List<uint> Ids(JsonObject note, string name) =>
        note[name] is JsonArray ids ? [.. ids.OfType<JsonValue>().Where(id => id.TryGetValue<uint>(out _)).Select(id => id.GetValue<uint>())] : [];
}
