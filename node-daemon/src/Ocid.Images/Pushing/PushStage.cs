namespace Ocid.Images.Pushing;

/// <summary>The stages of a push, in their order.</summary>
public enum PushStage
{
    /// <summary>The image and what the destination has of it are being looked at.</summary>
    Preparing,

    /// <summary>A layer is being sent.</summary>
    Layer,

    /// <summary>A layer has been sent.</summary>
    LayerSent,

    /// <summary>The destination had a layer, or took it over from another of its repositories.</summary>
    LayerReused,

    /// <summary>The configuration and the manifest are being written.</summary>
    Writing,

    /// <summary>The image is at the destination.</summary>
    Done,
}
