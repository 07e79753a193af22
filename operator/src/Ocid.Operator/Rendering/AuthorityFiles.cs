using System.Text;
using Ocid.Operator.Merging;
using Ocid.Revisions;

namespace Ocid.Operator.Rendering;

/// <summary>certs.d: the certificate authorities of the registries' hosts.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-certs.d.5.md</remarks>
internal sealed class AuthorityFiles(EffectiveConfiguration configuration, IReferencedContents contents)
{
    private static readonly byte[] Beginning = Encoding.ASCII.GetBytes("-----BEGIN CERTIFICATE-----");

    private readonly List<MergeProblem> _problems = [];

    public IReadOnlyList<MergeProblem> Problems => _problems;

    public IReadOnlyList<RevisionContent> Render() =>
        [.. configuration.Registries.Where(rule => rule.Authorities is not null).SelectMany(FilesOf).DistinctBy(file => file.Path)];

    private IEnumerable<RevisionContent> FilesOf(RegistryRule rule)
    {
        var reference = rule.Authorities!;
        if (contents.Find(reference) is not { } content)
            Note(rule, ProblemKind.SecretMissing, $"{reference} is not there; create it in the release's namespace");
        else if (content.AsSpan().IndexOf(Beginning) < 0)
            Note(rule, ProblemKind.InvalidRef, $"{reference} holds no certificate in PEM");
        else if (!rule.Endpoints.Any())
            Note(rule, ProblemKind.InvalidRef, $"{rule.Prefix} has neither location nor mirror, and so no host whose certificate could be checked");
        else
            return rule.Endpoints.Select(endpoint => endpoint.Split('/')[0]).Distinct(StringComparer.Ordinal).Select(host => File(host, reference, content));
        return [];
    }

    private void Note(RegistryRule rule, ProblemKind kind, string reason) => _problems.Add(new MergeProblem(
        kind, $"{Fields.Registry(rule.Prefix)}.caRef", configuration.ConfigsOf(Fields.Registry(rule.Prefix)), reason));

    // The names of objects and keys are names of files; two authorities for one host are two files.
    private static RevisionContent File(string host, ContentReference reference, byte[] content) => new(
        RevisionPath.Parse($"certs.d/{host}/{reference.Kind.ToString().ToLowerInvariant()}-{reference.Name}-{reference.Key}.crt"), content, FileMode.Readable, Disruption.Reload);
}
