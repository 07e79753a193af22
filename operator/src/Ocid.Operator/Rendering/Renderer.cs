using Ocid.Operator.Merging;
using Ocid.Primitives;
using Ocid.Revisions;
using Ocid.Toml;

namespace Ocid.Operator.Rendering;

/// <summary>Makes the files of a node out of its effective configuration. The same configuration and contents make the same revision, wherever and whenever.</summary>
/// <param name="ownVersion">The version of ocid for nodes whose RuntimeConfigs name none: the operator's own.</param>
internal sealed class Renderer(string ownVersion)
{
    public RenderResult Render(EffectiveConfiguration configuration, IReferencedContents contents)
    {
        var authorities = new AuthorityFiles(configuration, contents);
        var credentials = new CredentialsFile(configuration, contents);
        var policies = new PolicyFiles(configuration, contents);
        IReadOnlyList<RevisionContent> files =
        [
            .. DaemonFiles.Of(configuration), .. RegistriesFile.Of(configuration), .. authorities.Render(), .. credentials.Render(), .. policies.Render(),
        ];
        List<MergeProblem> problems = [.. RegistriesFile.ProblemsOf(configuration), .. authorities.Problems, .. credentials.Problems, .. policies.Problems];
        return problems.Count > 0 ? new RenderResult(null, [.. problems.Distinct()]) : Seal(configuration, files);
    }

    private RenderResult Seal(EffectiveConfiguration configuration, IReadOnlyList<RevisionContent> files)
    {
        try
        {
            var runtime = new RevisionRuntime(
                Text(configuration, Fields.RuntimeVersion) ?? ownVersion, Text(configuration, Fields.RuntimeInstall) is { } install ? Enum.Parse<InstallMode>(install) : InstallMode.Managed);
            var kubelet = Text(configuration, Fields.RuntimeKubelet) is { } mode ? Enum.Parse<KubeletMode>(mode) : KubeletMode.Keep;
            var revision = Revision.Create(runtime, kubelet, files);
            return revision.Size <= RevisionSecret.MaxBytes
                ? new RenderResult(revision, [])
                : Refused(configuration, ProblemKind.TooLarge, $"the files of a node would have {revision.Size} bytes, and a Secret holds {RevisionSecret.MaxBytes}; the biggest is {files.MaxBy(file => file.Content.Length)!.Path}");
        }
        catch (OcidException wrong)
        {
            return Refused(configuration, ProblemKind.InvalidRef, wrong.Message);
        }
    }

    private static RenderResult Refused(EffectiveConfiguration configuration, ProblemKind kind, string reason) =>
        new(null, [new MergeProblem(kind, "spec", [.. configuration.Layers.Select(layer => layer.Name)], reason)]);

    private static string? Text(EffectiveConfiguration configuration, string field) => (configuration.Values.GetValueOrDefault(field) as TomlString)?.Value;
}
