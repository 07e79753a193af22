using Ocid.Cluster.Entities;
using Ocid.Operator.Merging;
using Ocid.Operator.Rendering;

namespace Ocid.Operator.Manifests;

/// <summary>The Secrets and ConfigMaps of manifests.</summary>
internal sealed class ManifestContents : IReferencedContents
{
    private readonly Dictionary<ContentReference, byte[]> _contents = [];

    public byte[]? Find(ContentReference reference) => _contents.GetValueOrDefault(reference);

    /// <summary>A later one of the same name takes the place of an earlier one.</summary>
    public void Add(ContentKind kind, string name, IReadOnlyDictionary<string, byte[]> data)
    {
        foreach (var old in _contents.Keys.Where(reference => reference.Kind == kind && reference.Name == name).ToList())
            _contents.Remove(old);
        foreach (var (key, content) in data)
            _contents[new ContentReference(kind, name, key)] = content;
    }
}
