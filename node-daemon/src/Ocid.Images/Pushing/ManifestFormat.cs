namespace Ocid.Images.Pushing;

/// <summary>The kinds of manifest that an image can be pushed with.</summary>
public enum ManifestFormat
{
    /// <summary>The image specification's.</summary>
    Oci,

    /// <summary>Docker's, version 2 schema 2.</summary>
    DockerV2S2,
}
