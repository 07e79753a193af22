using Ocid.Cluster.Api;
using Ocid.Cluster.Entities;
using Ocid.Operator.Merging;
using YamlDotNet.RepresentationModel;

namespace Ocid.Operator.Manifests;

/// <summary>A RuntimeConfig as the API server has it, read as a manifest is: JSON is YAML too, and there is one reader.</summary>
internal static class ConfigObject
{
    public static Layer Read(RuntimeConfig config)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(Resources.RuntimeConfigs.Write(config)));
        var errors = new List<ManifestError>();
        var item = new ManifestFields((YamlMappingNode)stream.Documents[0].RootNode, "", config.Metadata.Name!, errors);
        var layer = new ConfigReader(config.Metadata.Name!, config.Metadata.Generation ?? 0).Read(item.Mapping("spec")!);
        return errors.Count == 0
            ? layer
            : layer with { Problems = [.. errors.Select(error => new MergeProblem(ProblemKind.InvalidRef, error.Field, [config.Metadata.Name!], error.Reason))] };
    }
}
