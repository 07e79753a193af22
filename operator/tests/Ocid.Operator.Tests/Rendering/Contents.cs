using System.Text;
using Ocid.Cluster.Entities;
using Ocid.Operator.Merging;
using Ocid.Operator.Rendering;

namespace Ocid.Operator.Tests.Rendering;

/// <summary>Secrets and ConfigMaps.</summary>
internal sealed class Contents : Dictionary<ContentReference, string>, IReferencedContents
{
    public static ContentReference Authorities { get; } = new(ContentKind.ConfigMap, "corp-ca", "ca.crt");

    public static ContentReference Credentials { get; } = new(ContentKind.Secret, "pull", ".dockerconfigjson");

    public byte[]? Find(ContentReference reference) => TryGetValue(reference, out var content) ? Encoding.UTF8.GetBytes(content) : null;
}
