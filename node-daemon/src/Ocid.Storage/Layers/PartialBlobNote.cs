using System.Text.Json;
using System.Text.Json.Nodes;
using Ocid.Primitives;
using Ocid.Storage.Records;

namespace Ocid.Storage.Layers;

/// <summary>Beside the bytes of a partial blob: which blob it is, and where in it they begin. It counts within the same boot only, and for a time after the last byte.</summary>
internal sealed record PartialBlobNote(Digest Blob, long Start)
{
    private const string Boot = "boot";

    public void Write(string path) =>
        File.WriteAllText(path, new JsonObject { ["blob"] = Blob.ToString(), ["start"] = Start, [Boot] = BootId.Current }.ToJsonString());

    /// <summary>The note; null where there is none that counts.</summary>
    /// <param name="path">Where it is.</param>
    /// <param name="bytes">The file that it is about.</param>
    /// <param name="keep">How long it counts.</param>
    public static PartialBlobNote? Read(string path, string bytes, TimeSpan keep)
    {
        try
        {
            return File.Exists(path) && File.Exists(bytes) && DateTime.UtcNow - File.GetLastWriteTimeUtc(bytes) < keep && JsonNode.Parse(File.ReadAllText(path)) is JsonObject note
                && note.Text(Boot) == BootId.Current && note.Digest("blob") is { } blob
                ? new PartialBlobNote(blob, note.Number("start"))
                : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or JsonException)
        {
            return null; // half written, or just removed
        }
    }
}
