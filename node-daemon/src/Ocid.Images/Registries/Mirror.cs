namespace Ocid.Images.Registries;

/// <summary>A <c>[[registry.mirror]]</c>.</summary>
/// <param name="Location">What takes the place of the registry's prefix.</param>
/// <param name="Insecure">As of a registry; a mirror does not inherit it.</param>
/// <param name="Use">What it may be asked for.</param>
internal sealed record Mirror(string Location, bool Insecure, MirrorUse Use)
{
    public bool Serves(bool byDigest) => Use == MirrorUse.All || byDigest == (Use == MirrorUse.DigestOnly);
}
