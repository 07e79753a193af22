namespace Ocid.Images.Registries;

/// <summary>Which pulls a mirror serves: a tag may name another image there than at the registry itself.</summary>
internal enum MirrorUse
{
    All,
    DigestOnly,
    TagOnly,
}
