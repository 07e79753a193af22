using System.Text;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Operator.Merging;
using Ocid.Operator.Rendering;

namespace Ocid.Operator.Controllers;

/// <summary>The Secrets and ConfigMaps of the release's namespace.</summary>
internal sealed class ObjectContents(IEnumerable<Secret> secrets, IEnumerable<ConfigMap> maps) : IReferencedContents
{
    private readonly Dictionary<string, Secret> _secrets = secrets.ToDictionary(secret => secret.Metadata.Name!, StringComparer.Ordinal);
    private readonly Dictionary<string, ConfigMap> _maps = maps.ToDictionary(map => map.Metadata.Name!, StringComparer.Ordinal);

    public byte[]? Find(ContentReference reference) => reference.Kind is ContentKind.Secret
        ? _secrets.GetValueOrDefault(reference.Name)?.Data?.GetValueOrDefault(reference.Key)
        : _maps.GetValueOrDefault(reference.Name) is { } map
            ? map.BinaryData?.GetValueOrDefault(reference.Key) ?? (map.Data?.GetValueOrDefault(reference.Key) is { } text ? Encoding.UTF8.GetBytes(text) : null)
            : null;
}
