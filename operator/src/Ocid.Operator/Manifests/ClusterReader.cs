using System.Text;
using Ocid.Cluster.Entities;
using Ocid.Operator.Merging;
using Ocid.Operator.Planning;
using Ocid.Operator.Rollouts;
using Ocid.Primitives;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ocid.Operator.Manifests;

/// <summary>
/// A cluster out of manifests, as <c>kubectl get -o yaml</c> prints them and as people write them. An object that comes again takes the place of the one
/// before, so that a changed RuntimeConfig can follow what the cluster has.
/// </summary>
/// <param name="releaseNamespace">Where the Secrets and ConfigMaps are that RuntimeConfigs name.</param>
/// <param name="cluster">What the cluster has, which the manifests change; null where no cluster is asked.</param>
internal sealed class ClusterReader(string releaseNamespace, ClusterSnapshot? cluster = null)
{
    private readonly SortedDictionary<string, Layer> _configs = new((cluster?.Configs ?? []).ToDictionary(config => config.Name), StringComparer.Ordinal);
    private readonly SortedDictionary<string, ClusterNode> _nodes = new((cluster?.Nodes ?? []).ToDictionary(node => node.Snapshot.Name), StringComparer.Ordinal);
    private readonly Dictionary<string, NodeReport> _reports = new(StringComparer.Ordinal);
    private readonly Dictionary<RevisionHash, Revision> _revisions = new(cluster?.Revisions ?? new Dictionary<RevisionHash, Revision>());
    private readonly ManifestContents _contents = new(cluster?.Contents);
    private readonly List<ManifestError> _errors = [];

    /// <summary>Reads one file's objects.</summary>
    /// <param name="file">Its name, for messages.</param>
    /// <param name="yaml">Its content: documents, each an object or a list of them.</param>
    public void Read(string file, TextReader yaml)
    {
        var stream = new YamlStream();
        try
        {
            stream.Load(yaml);
        }
        catch (YamlException malformed)
        {
            _errors.Add(new ManifestError($"{file}:{malformed.Start.Line}:{malformed.Start.Column}", "", malformed.Message.ReplaceLineEndings(" ")));
            return;
        }

        foreach (var document in stream.Documents)
        {
            if (document.RootNode is YamlMappingNode root)
                Read(new ManifestFields(root, "", file, _errors), file);
            else if (document.RootNode is not YamlScalarNode { Value: "" or null })
                _errors.Add(new ManifestError($"{file}:{document.RootNode.Start.Line}:{document.RootNode.Start.Column}", "", "want an object"));
        }
    }

    /// <exception cref="ManifestException">Something could not be read; everything is listed.</exception>
    public ClusterSnapshot Finish(IReadOnlyList<ProtectedImage> images)
    {
        var nodes = _nodes.Values.Select(node => _reports.TryGetValue(node.Snapshot.Name, out var report) ? node with { Snapshot = node.Snapshot.With(report) } : node).ToList();
        return _errors.Count > 0 ? throw new ManifestException(_errors) : new ClusterSnapshot
        {
            Configs = [.. _configs.Values],
            Nodes = nodes,
            Contents = _contents,
            Revisions = _revisions,
            Protected = images,
        };
    }

    private void Read(ManifestFields item, string file)
    {
        var kind = item.RequiredText("kind");
        if (kind is "List" or "RuntimeConfigList" or "RuntimeNodeList" or "NodeList" or "SecretList" or "ConfigMapList")
        {
            foreach (var one in item.Mappings("items"))
                Read(one, file);
            return;
        }

        var metadata = item.Mapping("metadata");
        if (metadata is null)
            item.Fail("metadata", "is required");
        else
            Read(kind, item, metadata);
    }

    private void Read(string kind, ManifestFields item, ManifestFields metadata)
    {
        var name = metadata.RequiredText("name");
        switch (kind)
        {
            case "RuntimeConfig":
                ReadConfig(name, item, metadata);
                break;
            case "Node":
                _nodes[name] = NodeReader.Node(name, metadata, item.Mapping("status"));
                break;
            case RuntimeNodeApi.Kind:
                var (spec, status) = (item.Mapping("spec"), item.Mapping("status"));
                _reports[name] = NodeReader.RuntimeNode(spec, status);
                break;
            case "Secret" when RevisionSecret.TryParseName(name, out var hash) && item.Text("type") == RevisionSecret.Type:
                ReadRevision(hash, item);
                break;
            case "Secret" or "ConfigMap" when metadata.Text("namespace") is null or "" || metadata.Text("namespace") == releaseNamespace:
                _contents.Add(Enum.Parse<ContentKind>(kind), name, Data(item, kind == "Secret"));
                break;
        }
    }

    private void ReadConfig(string name, ManifestFields item, ManifestFields metadata)
    {
        if (item.Text("apiVersion") != RuntimeNodeApi.ApiVersion)
            item.Fail("apiVersion", $"want {RuntimeNodeApi.ApiVersion}");
        var spec = item.Mapping("spec");
        if (spec is null)
            item.Fail("spec", "is required");
        else
            _configs[name] = new ConfigReader(name, metadata.Whole("generation", 0, long.MaxValue) ?? 0).Read(spec);
    }

    private void ReadRevision(RevisionHash hash, ManifestFields item)
    {
        try
        {
            _revisions[hash] = Revision.Read(hash, Data(item, isEncoded: true));
        }
        catch (OcidException damaged)
        {
            item.Fail("data", damaged.Message);
        }
    }

    private static Dictionary<string, byte[]> Data(ManifestFields item, bool isEncoded)
    {
        var data = new Dictionary<string, byte[]>(StringComparer.Ordinal);
        foreach (var (key, text) in item.TextMap("data"))
            data[key] = isEncoded ? Decoded(item, key, text) : Encoding.UTF8.GetBytes(text);
        foreach (var (key, text) in item.TextMap(isEncoded ? "stringData" : "binaryData"))
            data[key] = isEncoded ? Encoding.UTF8.GetBytes(text) : Decoded(item, key, text);
        return data;
    }

    private static byte[] Decoded(ManifestFields item, string key, string text)
    {
        var bytes = new byte[text.Length];
        if (Convert.TryFromBase64String(text, bytes, out var length))
            return bytes[..length];
        item.Fail("data", $"key {Quoted.Text(key)} is no base64");
        return [];
    }
}
