using System.Collections.Concurrent;
using Ocid.Images.Pushing;
using Ocid.Primitives;
using Ocid.Storage;
using Ocid.Storage.Archive;

namespace Ocid.Images.Verification;

/// <summary>Compares the layers of images with what they were unpacked from. A layer that several images share is looked at once.</summary>
internal sealed class FilesCheck(Store store)
{
    private readonly ConcurrentDictionary<LayerId, IReadOnlyList<ImageFinding>> _done = new();

    public async Task<IReadOnlyList<ImageFinding>> RunAsync(ImageRecord record, StoredImage image, CancellationToken ct)
    {
        var findings = new List<ImageFinding>();
        if (record.Digest is not null && record.Digest != image.Manifest.Digest)
            findings.Add(new ImageFinding(ImageCheck.Files, CheckResult.Differs, record.Digest.ToString(), "the manifest in the store is another than recorded"));
        foreach (var layer in image.Layers)
        {
            if (!_done.TryGetValue(layer.Id, out var found))
                _done[layer.Id] = found = await LookAsync(layer, ct);
            findings.AddRange(found);
        }

        return findings.Count > 0 ? findings
            : [new ImageFinding(ImageCheck.Files, CheckResult.Passed, "", image.Layers.Count == 1 ? "1 layer, every file as it was" : $"{image.Layers.Count} layers, every file as it was")];
    }

    private async Task<IReadOnlyList<ImageFinding>> LookAsync(LayerRecord layer, CancellationToken ct)
    {
        var subject = layer.DiffId?.ToString() ?? layer.Id.Value;
        try
        {
            var check = await store.CheckLayerAsync(layer.Id, ct);
            var findings = check.Differences.OrderBy(difference => difference.Path, StringComparer.Ordinal)
                .Select(difference => new ImageFinding(ImageCheck.Files, CheckResult.Differs, subject, $"{Text(difference.Kind)}: {difference.Detail}", difference.Path)).ToList();
            // Files that are all as the record says, and yet another archive: it is the record that was changed.
            if (findings.Count == 0 && check.Archive != layer.DiffId)
                findings.Add(new ImageFinding(ImageCheck.Files, CheckResult.Differs, subject, $"files and tar-split record make an archive of the digest {check.Archive}"));
            return findings;
        }
        catch (OcidException failure) when (failure.Kind != ErrorKind.Internal)
        {
            return [new ImageFinding(ImageCheck.Files, failure.Kind == ErrorKind.FailedPrecondition ? CheckResult.Unknown : CheckResult.Differs, subject, failure.Message)];
        }
    }

    private static string Text(DifferenceKind kind) => kind switch
    {
        DifferenceKind.Missing => "missing",
        DifferenceKind.Extra => "extra",
        _ => "changed",
    };
}
