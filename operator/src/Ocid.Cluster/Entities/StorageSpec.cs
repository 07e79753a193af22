using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>Where images and containers are kept.</summary>
public sealed class StorageSpec
{
    /// <summary>How layers are put on top of each other.</summary>
    [Length(1, 16)]
    [Pattern("^[a-z]+$")]
    public string? Driver { get; set; }

    /// <summary>The directory of the store.</summary>
    [Length(2, 512)]
    [ValidationRule("self.startsWith('/') && !self.contains('/../') && !self.endsWith('/..')", message: "want an absolute path without '..'")]
    public string? Root { get; set; }

    /// <summary>The driver's options.</summary>
    public StorageOptions? Options { get; set; }

    /// <summary>Roots of read-only stores whose images are used too: a network share, a directory of the host's image.</summary>
    [Items(0, 16)]
    [ItemLength(2, 512)]
    [ValidationRule("self.all(s, s.startsWith('/') && !s.contains('/../') && !s.endsWith('/..'))", message: "want absolute paths without '..'")]
    public IList<string>? AdditionalImageStores { get; set; }
}
