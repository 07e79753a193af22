using Ocid.Primitives;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>Shows what becomes of the layers of an image on its way; told by several threads.</summary>
internal interface ILayerScreen
{
    /// <summary>Some of a layer is through.</summary>
    void Moving(Digest layer, long done, long total);

    /// <summary>A layer is at its end of the way, or was there before.</summary>
    void Ended(Digest layer, long total, bool reused);
}
