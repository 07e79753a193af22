namespace Ocid.Testing;

/// <summary>The manifest format that an image is pushed in, spelled as skopeo's <c>--format</c>.</summary>
public enum ImageFormat
{
    Oci,
    V2S2,
    V2S1,
}
