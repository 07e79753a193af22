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

    /// <summary>Not supported yet.</summary>
    [Items(0, 16)]
    [ItemLength(1, 512)]
    [ValidationRule("self.size() == 0", message: "additionalImageStores is not supported yet: every node has the one store at root")]
    public IList<string>? AdditionalImageStores { get; set; }
}
