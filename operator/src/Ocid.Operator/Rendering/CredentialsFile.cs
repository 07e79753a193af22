using System.Text;
using System.Text.Json.Nodes;
using Ocid.Operator.Merging;
using Ocid.Revisions;

namespace Ocid.Operator.Rendering;

/// <summary>auth.json: of each Docker configuration that is named, what is for the endpoints of its registry, and nothing else.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-auth.json.5.md</remarks>
internal sealed class CredentialsFile(EffectiveConfiguration configuration, IReferencedContents contents)
{
    private readonly SortedDictionary<string, (JsonObject Entry, RegistryRule Rule)> _entries = new(StringComparer.Ordinal);
    private readonly List<MergeProblem> _problems = [];

    public IReadOnlyList<MergeProblem> Problems => _problems;

    public IEnumerable<RevisionContent> Render()
    {
        foreach (var rule in configuration.Registries.Where(rule => rule.Credentials is not null))
            Add(rule);
        if (_entries.Count == 0)
            return [];

        var json = new JsonObject { ["auths"] = new JsonObject(_entries.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value.Entry))) };
        return [new RevisionContent(RevisionPath.Parse("auth.json"), Encoding.UTF8.GetBytes(json.ToJsonString(RevisionText.Json) + "\n"), FileMode.Secret, Disruption.Reload)];
    }

    private void Add(RegistryRule rule)
    {
        var reference = rule.Credentials!;
        if (contents.Find(reference) is not { } content)
        {
            Note(rule, ProblemKind.SecretMissing, $"{reference} is not there; create it in the release's namespace");
            return;
        }

        if (DockerConfiguration.TryParse(content) is not { } docker)
        {
            Note(rule, ProblemKind.InvalidRef, $"{reference} is no Docker configuration with \"auths\", as kubectl create secret docker-registry makes one");
            return;
        }

        var found = rule.Endpoints.Select(endpoint => (Endpoint: endpoint, Entry: docker.Find(endpoint))).Where(pair => pair.Entry is not null).ToList();
        if (found.Count == 0)
            Note(rule, ProblemKind.InvalidRef, $"{reference} has no credentials for {string.Join(" or ", rule.Endpoints.DefaultIfEmpty(rule.Prefix))}");
        foreach (var (endpoint, entry) in found)
            Add(rule, endpoint, entry!);
    }

    private void Add(RegistryRule rule, string endpoint, JsonObject entry)
    {
        if (!_entries.TryAdd(endpoint, (entry, rule)) && !JsonNode.DeepEquals(_entries[endpoint].Entry, entry))
            Note(rule, ProblemKind.Conflicted, $"{rule.Credentials} and {_entries[endpoint].Rule.Credentials} have different credentials for {endpoint}");
    }

    private void Note(RegistryRule rule, ProblemKind kind, string reason) => _problems.Add(new MergeProblem(
        kind, $"{Fields.Registry(rule.Prefix)}.credentialsRef", configuration.ConfigsOf(Fields.Registry(rule.Prefix)), reason));
}
