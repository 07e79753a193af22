using Ocid.Images.Catalog;
using Ocid.Images.Configuration;
using Ocid.Images.Manifests;
using Ocid.Images.Pulling;
using Ocid.Images.Pushing;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Images.Verification;

/// <summary>Compares what a registry has under a name with what the store has.</summary>
internal static class RegistryCheck
{
    public static async Task<IReadOnlyList<ImageFinding>> RunAsync(ImageRecord record, StoredImage stored, ImageSource source, CancellationToken ct)
    {
        var known = ImageSearch.ManifestDigests(record).ToHashSet();
        var named = source.Named;
        if (known.Contains(named.Digest))
            return [Finding(CheckResult.Passed, $"is {named.Digest}, as in the store")];

        var platform = PlatformOf(ImageConfig.Parse(stored.Config));
        var manifest = named.IsList ? await source.ReadManifestAsync(PlatformChoice.Of(named, platform).Digest, ct) : named;
        if (known.Contains(manifest.Digest))
            return [Finding(CheckResult.Passed, $"is another list, {named.Digest}, of the same image for {platform}")];
        return manifest.Schema1 is null && manifest.Config.Digest == stored.Manifest.Config.Digest
            ? [Finding(CheckResult.Passed, $"is {manifest.Digest}, the same image in other blobs")]
            : [Finding(CheckResult.Differs, $"is {manifest.Digest}, another image than {stored.Original.Digest} in the store"), .. Layers(stored.Manifest, manifest)];

        ImageFinding Finding(CheckResult result, string detail) => new(ImageCheck.Registry, result, source.Asked.ToString(), detail);
    }

    private static IEnumerable<ImageFinding> Layers(ManifestDocument stored, ManifestDocument there)
    {
        for (var at = 0; at < Math.Max(stored.Layers.Count, there.Layers.Count); at++)
        {
            var (ours, theirs) = (stored.Layers.ElementAtOrDefault(at)?.Digest, there.Layers.ElementAtOrDefault(at)?.Digest);
            if (ours != theirs)
                yield return new ImageFinding(ImageCheck.Registry, CheckResult.Differs, (ours ?? theirs)!.ToString(), $"layer {at + 1}: {Text(ours)} in the store, {Text(theirs)} in the registry");
        }
    }

    private static string Text(Digest? layer) => layer?.ToString() ?? "none";

    private static Platform PlatformOf(ImageConfig config) =>
        config.OperatingSystem.Length > 0 && config.Architecture.Length > 0 ? new Platform(config.OperatingSystem, config.Architecture, config.Variant) : Platform.Host;
}
