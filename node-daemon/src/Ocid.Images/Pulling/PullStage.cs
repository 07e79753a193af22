namespace Ocid.Images.Pulling;

/// <summary>The stages of a pull, in their order.</summary>
public enum PullStage
{
    /// <summary>The manifest and the configuration are being read.</summary>
    Resolving,

    /// <summary>A layer is being received and extracted.</summary>
    Layer,

    /// <summary>A layer is whole, or was there already.</summary>
    LayerReady,

    /// <summary>The layers are being made durable and recorded.</summary>
    Committing,

    /// <summary>The image is in the store.</summary>
    Done,
}
