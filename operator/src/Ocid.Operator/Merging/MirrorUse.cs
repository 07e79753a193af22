namespace Ocid.Operator.Merging;

/// <summary>What a mirror may be asked for.</summary>
internal enum MirrorUse
{
    All,
    DigestOnly,
    TagOnly,
}
