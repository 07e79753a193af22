using System.Text;
using System.Text.Json.Nodes;
using Ocid.Cluster.Entities;
using Ocid.Operator.Merging;
using Ocid.Primitives;
using Ocid.Revisions;

namespace Ocid.Operator.Rendering;

/// <summary>policy.json, one for each Kubernetes namespace that has its own, and registries.d with where the signatures are.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md</remarks>
internal sealed class PolicyFiles(EffectiveConfiguration configuration, IReferencedContents contents)
{
    /// <summary>Where the namespaces' files are.</summary>
    public const string NamespaceDirectory = "policies";

    private readonly List<MergeProblem> _problems = [];

    public IReadOnlyList<MergeProblem> Problems => _problems;

    public IReadOnlyList<RevisionContent> Render()
    {
        var files = configuration.Signing.Select(view => File(
            view.Namespace.Length == 0 ? "policy.json" : $"{NamespaceDirectory}/{view.Namespace}.json", Policy(view))).ToList();
        if (Attachments() is { Count: > 0 } attachments)
            files.Add(File("registries.d/ocid.yaml", new JsonObject { ["docker"] = attachments })); // JSON is YAML too
        return files;
    }

    private static RevisionContent File(string path, JsonObject json) =>
        new(RevisionPath.Parse(path), Encoding.UTF8.GetBytes(json.ToJsonString(RevisionText.Json) + "\n"), FileMode.Readable, Disruption.Reload);

    private JsonObject Policy(SigningView view)
    {
        var policy = new JsonObject { ["default"] = Requirements(Fields.SigningDefault, view.Default) };
        if (view.Scopes.Count > 0)
        {
            policy["transports"] = new JsonObject
            {
                ["docker"] = new JsonObject(view.Scopes.Select(scope =>
                    KeyValuePair.Create(scope.Key, (JsonNode?)Requirements(Fields.SigningScope(scope.Key, view.Namespace), scope.Value)))),
            };
        }

        return policy;
    }

    private JsonArray Requirements(string field, SigningRule rule) => new([.. rule.Requirements.Select(requirement => (JsonNode)Requirement(field, rule, requirement))]);

    private JsonObject Requirement(string field, SigningRule rule, SigningRequirement requirement) => requirement switch
    {
        SigningRequirement.Accept => new JsonObject { ["type"] = "insecureAcceptAnything" },
        SigningRequirement.Reject => new JsonObject { ["type"] = "reject" },
        SigningRequirement.Signed { Type: TrustType.GPG } signed => new JsonObject
        {
            ["type"] = "signedBy",
            ["keyType"] = "GPGKeys",
            ["keyData"] = Key(field, rule, signed.Key),
            ["signedIdentity"] = Identity(signed.Identity),
        },
        SigningRequirement.Signed signed => new JsonObject
        {
            ["type"] = "sigstoreSigned",
            ["keyData"] = Key(field, rule, signed.Key),
            ["signedIdentity"] = Identity(signed.Identity),
        },
        _ => throw new ArgumentException($"unknown requirement {requirement}", nameof(requirement)),
    };

    private string Key(string field, SigningRule rule, SigningKey key)
    {
        var content = key.Data is { } data ? Encoding.UTF8.GetBytes(data) : contents.Find(key.Reference!);
        if (content is null or [])
            _problems.Add(new MergeProblem(ProblemKind.SecretMissing, field, [.. rule.From.Select(layer => layer.Name)], $"{key.Reference} is not there; create it in the release's namespace"));
        return Convert.ToBase64String(content ?? []);
    }

    private static JsonObject Identity(SignedIdentity identity) => identity.Match switch
    {
        IdentityMatch.MatchExact => new JsonObject { ["type"] = "matchExact" },
        IdentityMatch.MatchRepoDigestOrExact => new JsonObject { ["type"] = "matchRepoDigestOrExact" },
        IdentityMatch.MatchRepository => new JsonObject { ["type"] = "matchRepository" },
        IdentityMatch.ExactReference => new JsonObject { ["type"] = "exactReference", ["dockerReference"] = identity.Name },
        IdentityMatch.ExactRepository => new JsonObject { ["type"] = "exactRepository", ["dockerRepository"] = identity.Name },
        IdentityMatch.RemapIdentity => new JsonObject { ["type"] = "remapIdentity", ["prefix"] = identity.Name, ["signedPrefix"] = identity.SignedPrefix },
        _ => throw new OcidException(ErrorKind.Internal, $"unknown rule {identity.Match} for the name in a signature"),
    };

    // Signatures by a key pair are beside the image in its registry, where nobody looks unless told so.
    private JsonObject Attachments()
    {
        var scopes = configuration.Signing.SelectMany(view => view.Scopes).Where(scope => HasAttachments(scope.Value)).Select(scope => scope.Key);
        return new JsonObject(new SortedSet<string>(scopes, StringComparer.Ordinal).Select(scope => KeyValuePair.Create(scope, (JsonNode?)new JsonObject { ["use-sigstore-attachments"] = true })));
    }

    private static bool HasAttachments(SigningRule rule) => rule.Requirements.Any(requirement => requirement is SigningRequirement.Signed { Type: TrustType.PublicKey });
}
