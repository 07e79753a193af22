using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Ocid.Cluster.Api;
using Ocid.Operator.Manifests;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ocid.Operator.Tests.Controllers;

/// <summary>What the API server has is read as the manifest was.</summary>
public sealed class OnePathTests
{
    public static TheoryData<string> Samples => [.. Directory.GetFiles(Folder()).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public void An_object_is_read_as_its_manifest(string file)
    {
        var yaml = File.ReadAllText(Path.Combine(Folder(), file));
        var reader = new ClusterReader("ocid-system");
        reader.Read(file, new StringReader(yaml));
        var manifest = reader.Finish([]).Configs.Should().ContainSingle().Subject;

        var layer = ConfigObject.Read(Resources.RuntimeConfigs.Read(Json(yaml)));

        layer.Problems.Should().BeEmpty();
        layer.Values.Select(value => (value.Key, value.Value.ToString())).Should().BeEquivalentTo(manifest.Values.Select(value => (value.Key, value.Value.ToString())));
        layer.Should().BeEquivalentTo(manifest, options => options.Excluding(other => other.Values).RespectingRuntimeTypes());
    }

    private static string Json(string yaml)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(yaml));
        return Json(stream.Documents[0].RootNode)!.ToJsonString();
    }

    private static JsonNode? Json(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Children.Select(child => KeyValuePair.Create(((YamlScalarNode)child.Key).Value!, Json(child.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Children.Select(Json)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: "true" or "false" } flag => flag.Value == "true",
        YamlScalarNode { Style: ScalarStyle.Plain } number when int.TryParse(number.Value, CultureInfo.InvariantCulture, out var whole) => whole,
        YamlScalarNode text => text.Value,
        _ => throw new ArgumentException($"unknown node {node}", nameof(node)),
    };

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../../config/samples"));
}
