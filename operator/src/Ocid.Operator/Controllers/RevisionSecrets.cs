using Ocid.Cluster.Entities.Core;
using Ocid.Primitives;
using Ocid.Revisions;

namespace Ocid.Operator.Controllers;

/// <summary>Reads the revisions' Secrets; one that is damaged is none.</summary>
internal sealed class RevisionSecrets
{
    private readonly VersionMemo<Revision?> _revisions = new();

    public IReadOnlyDictionary<RevisionHash, Revision> Read(IEnumerable<Secret> secrets) =>
        _revisions.Of(secrets, TryRead).OfType<Revision>().ToDictionary(revision => revision.Hash);

    /// <summary>The revision that a Secret of this name is to hold; null where it is no revision's.</summary>
    public static RevisionHash? HashOf(Secret secret) =>
        RevisionSecret.TryParseName(secret.Metadata.Name, out var hash) && secret.Type == RevisionSecret.Type ? hash : null;

    /// <summary>The Secret of a revision.</summary>
    public static Secret Of(Revision revision, string space) => new()
    {
        Metadata = new k8s.Models.V1ObjectMeta
        {
            Name = RevisionSecret.NameOf(revision.Hash),
            NamespaceProperty = space,
            Labels = new Dictionary<string, string> { ["app.kubernetes.io/part-of"] = "ocid", ["app.kubernetes.io/managed-by"] = "ocid-operator" },
        },
        Type = RevisionSecret.Type,
        Immutable = true,
        Data = revision.ToData(),
    };

    private static Revision? TryRead(Secret secret)
    {
        if (HashOf(secret) is not { } hash)
            return null;
        try
        {
            return Revision.Read(hash, secret.Data ?? new Dictionary<string, byte[]>());
        }
        catch (OcidException)
        {
            // Somebody else's hand was in it: it is written anew where it is wanted.
            return null;
        }
    }
}
