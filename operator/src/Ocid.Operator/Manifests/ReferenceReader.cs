using Ocid.Cluster.Entities;
using Ocid.Operator.Merging;

namespace Ocid.Operator.Manifests;

/// <summary>Reads registries and what they refer to.</summary>
internal static class ReferenceReader
{
    public static RegistryRule Registry(ManifestFields item)
    {
        var rule = new RegistryRule
        {
            Prefix = item.RequiredText("prefix"),
            Location = item.Text("location"),
            IsBlocked = item.Flag("blocked"),
            IsInsecure = item.Flag("insecure"),
            Mirrors = [.. item.Mappings("mirrors").Select(Mirror)],
            Authorities = Content(item.Mapping("caRef"), ContentKind.ConfigMap),
            Credentials = Credentials(item.Mapping("credentialsRef")),
        };
        foreach (var (field, place) in new[] { ("prefix", rule.Prefix), ("location", rule.Location) })
            RefuseAddress(item, field, place);
        item.RefuseTheRest();
        return rule;
    }

    /// <summary>A reference to a key of a Secret or a ConfigMap; null where there is none.</summary>
    public static ContentReference? Content(ManifestFields? reference, ContentKind byDefault)
    {
        if (reference is null)
            return null;
        var content = new ContentReference(reference.Choice<ContentKind>("kind") ?? byDefault, reference.RequiredText("name"), reference.RequiredText("key"));
        reference.RefuseTheRest();
        return content;
    }

    private static MirrorRule Mirror(ManifestFields item)
    {
        var mirror = new MirrorRule(item.RequiredText("location"), item.Choice<MirrorPull>("pull") ?? MirrorPull.All, item.Flag("insecure"));
        RefuseAddress(item, "location", mirror.Location);
        item.RefuseTheRest();
        return mirror;
    }

    private static ContentReference? Credentials(ManifestFields? reference)
    {
        if (reference is null)
            return null;
        if (!reference.Flag("allowNodeWide"))
            reference.Fail("allowNodeWide", "want true: every pod of a node can pull with these credentials");
        var content = new ContentReference(ContentKind.Secret, reference.RequiredText("name"), reference.Text("key") ?? ".dockerconfigjson");
        reference.RefuseTheRest();
        return content;
    }

    private static void RefuseAddress(ManifestFields item, string field, string? place)
    {
        if (place?.Contains("://", StringComparison.Ordinal) == true)
            item.Fail(field, "want a host or a host and a path, without http:// or https://");
        else if (place is { Length: > 0 } && (place.EndsWith('/') || place.Any(c => char.IsControl(c) || char.IsWhiteSpace(c)) || place.Split('/').Any(part => part is "" or "." or "..")))
            item.Fail(field, "want a host or a host and a path");
    }
}
