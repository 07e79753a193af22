using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Images.Manifests;

/// <summary>
/// Docker's first manifest: layers without sizes, and a configuration in pieces. An image of it gets a configuration of today when the digests of
/// its layers' content are known, which is when they were pulled.
/// </summary>
/// <remarks>https://github.com/distribution/distribution/blob/v2.8.3/docs/spec/manifest-v2-1.md</remarks>
internal sealed class Schema1Manifest
{
    private readonly IReadOnlyList<Schema1Step> _steps;
    private readonly string _newest;

    private Schema1Manifest(IReadOnlyList<Digest> blobs, IReadOnlyList<Schema1Step> steps, string newest)
    {
        (Blobs, _steps, _newest) = (blobs, steps, newest);
        Layers = [.. blobs.Zip(steps).Where(entry => entry.Second.ThrowAway is not true).Select(entry => entry.First)];
    }

    /// <summary>The blobs of all steps, bottom first, also of those that left no files.</summary>
    public IReadOnlyList<Digest> Blobs { get; }

    /// <summary>The layers, bottom first; those of steps that left no files are not among them.</summary>
    public IReadOnlyList<Digest> Layers { get; }

    /// <summary>The configuration of the image, whose digest is the image's id: byte for byte the one that the peers make.</summary>
    /// <param name="diffIds">The digest of each layer's uncompressed archive, in the order of <see cref="Layers"/>.</param>
    public byte[] ConfigurationOf(IReadOnlyList<Digest> diffIds) => diffIds.Count == Layers.Count
        ? Schema1Configuration.Make(_newest, _steps, diffIds)
        : throw new OcidException(ErrorKind.DataLoss, $"manifest: {Layers.Count} layers, but {diffIds.Count} digests of their content");

    /// <summary>A configuration that says everything but what is in the layers, which nobody has read.</summary>
    public byte[] Description() => Schema1Configuration.Make(_newest, _steps, []);

    /// <param name="layers">Newest first, as it is written.</param>
    /// <param name="history">One entry for each layer.</param>
    /// <exception cref="OcidException">DataLoss: they contradict one another.</exception>
    public static Schema1Manifest Of(IReadOnlyList<Schema1Layer> layers, IReadOnlyList<Schema1History> history)
    {
        if (layers.Count == 0 || layers.Count != history.Count)
            throw new OcidException(ErrorKind.DataLoss, $"manifest: {layers.Count} layers with {history.Count} entries of history");

        var written = layers.Zip(history, (layer, entry) => (layer.BlobSum, Step: Read(entry.V1Compatibility), Text: entry.V1Compatibility)).Reverse().ToList();
        // Neighbours with one id are one step: the oldest counts.
        var kept = written.Where((entry, at) => at == 0 || entry.Step.Id != written[at - 1].Step.Id).ToList();
        Schema1Step[] steps = [.. kept.Select(entry => entry.Step)];
        RequireChain(steps);
        return new Schema1Manifest([.. kept.Select(entry => entry.BlobSum)], steps, kept[^1].Text);
    }

    private static void RequireChain(IReadOnlyList<Schema1Step> steps)
    {
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var parent = "";
        foreach (var step in steps)
        {
            if (!Digest.TryParse($"sha256:{step.Id}", out _) || !ids.Add(step.Id!))
                throw new OcidException(ErrorKind.DataLoss, $"manifest: the id {Quoted.Text(step.Id)} in its history is none, or there twice");
            if ((step.Parent ?? "") != parent)
                throw new OcidException(ErrorKind.DataLoss, $"manifest: {step.Id} in its history follows {Quoted.Text(step.Parent)}, not {Quoted.Text(parent)}");
            parent = step.Id!;
        }
    }

    private static Schema1Step Read(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ManifestJson.Default.Schema1Step) ?? throw new OcidException(ErrorKind.DataLoss, "manifest: an entry of its history is null");
        }
        catch (JsonException malformed)
        {
            throw new OcidException(ErrorKind.DataLoss, $"manifest: its history: {malformed.Message}", malformed);
        }
    }
}
