using Ocid.Cluster.Entities;
using Ocid.Operator.Merging;
using Ocid.Operator.Rendering;

namespace Ocid.Operator.Manifests;

/// <summary>The Secrets and ConfigMaps of manifests, in place of those that the cluster has.</summary>
/// <param name="cluster">What the cluster has; null where no cluster is asked.</param>
internal sealed class ManifestContents(IReferencedContents? cluster) : IReferencedContents
{
    private readonly Dictionary<ContentReference, byte[]> _contents = [];
    private readonly HashSet<(ContentKind, string)> _objects = [];

    public byte[]? Find(ContentReference reference) =>
        _objects.Contains((reference.Kind, reference.Name)) ? _contents.GetValueOrDefault(reference) : cluster?.Find(reference);

    /// <summary>A later one of the same name takes the place of an earlier one.</summary>
    public void Add(ContentKind kind, string name, IReadOnlyDictionary<string, byte[]> data)
    {
        _objects.Add((kind, name));
        foreach (var old in _contents.Keys.Where(reference => reference.Kind == kind && reference.Name == name).ToList())
            _contents.Remove(old);
        foreach (var (key, content) in data)
            _contents[new ContentReference(kind, name, key)] = content;
    }
}
