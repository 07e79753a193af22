using Ocid.Cluster.Entities.Core;
using Ocid.Revisions;

namespace Ocid.Operator.Controllers;

/// <summary>Which revisions' Secrets nobody needs any more: neither one of the last three, nor named by a node, nor wanted now.</summary>
internal static class RevisionGarbage
{
    private const int Kept = 3;

    public static IReadOnlyList<Secret> Of(ClusterObjects objects, IEnumerable<RevisionHash> wanted)
    {
        var needed = wanted.Select(hash => hash.Value)
            .Concat(objects.RuntimeNodes.SelectMany(node => new[] { node.Spec.DesiredRevision, node.Status?.CurrentRevision, node.Status?.LastGoodRevision, node.Status?.FailedRevision }).OfType<string>())
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. objects.Revisions.Where(secret => RevisionSecrets.HashOf(secret) is not null)
                .OrderByDescending(secret => secret.Metadata.CreationTimestamp).ThenBy(secret => secret.Metadata.Name, StringComparer.Ordinal).Skip(Kept)
                .Where(secret => !needed.Contains(RevisionSecrets.HashOf(secret)!.Value)),
        ];
    }
}
