namespace Ocid.Images.Verification;

/// <summary>What about an image is looked at.</summary>
public enum ImageCheck
{
    /// <summary>Whether the registry still has under this name what is in the store.</summary>
    Registry,

    /// <summary>Whether it is signed as the policy asks.</summary>
    Signature,

    /// <summary>Whether the store has what its own records say: manifest, configuration, and every file of every layer.</summary>
    Files,
}
