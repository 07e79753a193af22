using Ocid.Storage.Layers;

namespace Ocid.Storage.Drivers;

/// <summary>How layers lie on the disk, and how one becomes visible with what is below it. Every change is made under <c>layers.lock</c>.</summary>
internal interface ILayerDriver
{
    /// <summary>Whether the directory of a layer has what the layers below it have, too.</summary>
    bool TreesAreWhole { get; }

    /// <summary>Makes the directories that the driver needs.</summary>
    void Prepare();

    /// <summary>The directory of a layer's files; of a layer that is not there, the one that it would have.</summary>
    string Diff(LayerId id);

    /// <summary>Makes a layer: of staged content, or else to be written to.</summary>
    /// <param name="id">The layer.</param>
    /// <param name="parent">The layer below, which may be in another place.</param>
    /// <param name="stagedDiff">What it has, in overlay's form; null for a writable layer. It is used up.</param>
    /// <param name="discarded">Takes what is in the way.</param>
    void Create(LayerId id, LayerId? parent, string? stagedDiff, Discarded discarded);

    /// <summary>Puts staged content in the place of a layer's own; what is above goes on naming it as before.</summary>
    void Replace(LayerId id, LayerId? parent, string stagedDiff, Discarded discarded);

    /// <summary>Takes a layer's directory away; absent is no error.</summary>
    void Remove(LayerId id, Discarded discarded);

    /// <summary>Where a layer is seen with what is below it, once it is mounted.</summary>
    string MountPoint(LayerId id);

    /// <summary>Makes it visible, unless it is.</summary>
    /// <returns>Whether it was not before.</returns>
    Task<bool> MountAsync(LayerId id, LayerMount how);

    /// <summary>Takes it out of sight. Not mounted is no error.</summary>
    void Unmount(LayerId id);

    /// <summary>Takes away what mounting left beside the mounts; false when it is in use for another moment.</summary>
    bool TryRelease();

    /// <summary>The layers that have a directory in the places that this store writes.</summary>
    IEnumerable<LayerId> Stored();

    /// <summary>What else is in those places and belongs to nobody.</summary>
    IEnumerable<string> Strays();

    /// <summary>What is wrong with a layer's directory, besides its files.</summary>
    IEnumerable<string> Problems(LayerId id, LayerId? parent);

    /// <summary>Puts right what can be without the layer's content.</summary>
    void Mend(LayerId id, LayerId? parent);
}
