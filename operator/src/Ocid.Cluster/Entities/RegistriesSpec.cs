using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>From where images are pulled.</summary>
public sealed class RegistriesSpec
{
    /// <summary>The registries that a short name is looked for in, in this order.</summary>
    [Items(0, 16)]
    [ItemLength(1, 253)]
    [ValidationRule("self.all(r, !r.contains('/'))", message: "want hosts, such as docker.io, without a path")]
    public IList<string>? UnqualifiedSearch { get; set; }

    /// <summary>What is special about the images below a prefix.</summary>
    [Items(0, 64)]
    [ListMapKey("prefix")]
    public IList<RegistryItem>? Items { get; set; }
}
