using Ocid.Primitives;

namespace Ocid.Images.Manifests;

/// <summary>Which image of a list runs here.</summary>
internal static class PlatformChoice
{
    /// <summary>The first image of the platform, the exact variant before a compatible one.</summary>
    /// <exception cref="OcidException">NotFound: there is none.</exception>
    public static Descriptor Of(ManifestDocument list, Platform platform)
    {
        var candidates = list.Images.Where(i => i.Platform is { } p && p.OperatingSystem == platform.OperatingSystem && p.Architecture == platform.Architecture).ToList();
        foreach (var variant in Variants(platform))
        {
            if (candidates.Find(c => (c.Platform!.Variant ?? "") == variant) is { } found)
                return found;
        }

        var offered = string.Join(", ", list.Images.Select(i => i.Platform).OfType<DescriptorPlatform>().Select(p => $"{p.OperatingSystem}/{p.Architecture}{(p.Variant is null ? "" : "/" + p.Variant)}"));
        throw new OcidException(ErrorKind.NotFound, $"manifest list: no image for {platform} among {Quoted.Text(offered)}");
    }

    // Best first. Older variants run on newer processors, and an image without one is for all; a platform without one is for the plainest only.
    private static string[] Variants(Platform platform) => (platform.Architecture, platform.Variant) switch
    {
        ("amd64", "v4") => ["v4", "v3", "v2", "", "v1"],
        ("amd64", "v3") => ["v3", "v2", "", "v1"],
        ("amd64", "v2") => ["v2", "", "v1"],
        ("amd64", null or "v1") => ["", "v1"],
        ("arm64", "v9") => ["v9", "v8", ""],
        ("arm64", null or "v8") => ["v8", ""],
        ("arm", "v8") => ["v8", "v7", "v6", "v5", ""],
        ("arm", null or "v7") => ["v7", "v6", "v5", ""],
        ("arm", "v6") => ["v6", "v5", ""],
        ("arm", "v5") => ["v5", ""],
        (_, null) => [""],
        (_, var variant) => [variant, ""],
    };
}
