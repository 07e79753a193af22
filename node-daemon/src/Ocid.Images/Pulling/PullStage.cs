namespace Ocid.Images.Pulling;

/// <summary>The stages of a pull, in their order.</summary>
public enum PullStage
{
    /// <summary>The manifest and the configuration are being read.</summary>
    Resolving,

    /// <summary>A layer waits for its turn, or is being received and extracted.</summary>
    Layer,

    /// <summary>A layer was fetched and is whole.</summary>
    LayerReady,

    /// <summary>A layer is whole without having been fetched: the store had it, an interrupted pull had left it, or another pull brought it.</summary>
    LayerReused,

    /// <summary>The layers are being made durable and recorded.</summary>
    Committing,

    /// <summary>The image is in the store.</summary>
    Done,

    /// <summary>The pull failed, or was given up.</summary>
    Failed,
}
