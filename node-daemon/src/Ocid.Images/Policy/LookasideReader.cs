using System.Text;
using Ocid.Primitives;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Ocid.Images.Policy;

/// <summary>Reads a file of registries.d. Members that it does not know it passes over, as all readers of these files do.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-registries.d.5.md</remarks>
internal static class LookasideReader
{
    /// <summary>The scope of <c>default-docker</c>.</summary>
    public const string Default = "";

    /// <exception cref="OcidException">InvalidArgument: the file, line, and what is wrong.</exception>
    public static IReadOnlyDictionary<string, LookasideEntry> Read(byte[] yaml, string file)
    {
        var entries = new Dictionary<string, LookasideEntry>(StringComparer.Ordinal);
        try
        {
            var stream = new YamlStream();
            stream.Load(new StringReader(Encoding.UTF8.GetString(yaml)));
            if (stream.Documents.Count == 0)
                return entries;
            var root = Mapping(stream.Documents[0].RootNode, file);
            if (root.Children.TryGetValue("default-docker", out var byDefault))
                entries.Add(Default, Entry(Mapping(byDefault, file), file));
            if (root.Children.TryGetValue("docker", out var docker))
            {
                foreach (var (scope, entry) in Mapping(docker, file).Children)
                    entries.Add(Text(scope, file), Entry(Mapping(entry, file), file));
            }

            return entries;
        }
        catch (YamlException malformed)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"{file}:{malformed.Start.Line}: {malformed.Message}", malformed);
        }
    }

    private static LookasideEntry Entry(YamlMappingNode mapping, string file)
    {
        var attachments = mapping.Children.TryGetValue("use-sigstore-attachments", out var node) ? Text(node, file) : null;
        if (attachments is not (null or "true" or "false"))
            throw Wrong(node!, file, "use-sigstore-attachments: want true or false");
        return new LookasideEntry(
            Address(mapping, file, "lookaside") ?? Address(mapping, file, "sigstore"),
            Address(mapping, file, "lookaside-staging") ?? Address(mapping, file, "sigstore-staging"),
            attachments is null ? null : attachments == "true");
    }

    private static Uri? Address(YamlMappingNode mapping, string file, string name)
    {
        if (!mapping.Children.TryGetValue(name, out var node) || Text(node, file) is not { Length: > 0 } text)
            return null;
        return Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "file" or "http" or "https" && address is { Query: "", Fragment: "" }
            ? address
            : throw Wrong(node, file, $"{name}: want a file:, http: or https: address");
    }

    private static YamlMappingNode Mapping(YamlNode node, string file) => node as YamlMappingNode ?? (node is YamlScalarNode { Value: null or "" or "~" or "null" }
        ? new YamlMappingNode()
        : throw Wrong(node, file, "want a mapping"));

    private static string Text(YamlNode node, string file) => node is YamlScalarNode { Value: { } value } ? value : throw Wrong(node, file, "want a text");

    private static OcidException Wrong(YamlNode node, string file, string reason) => new(ErrorKind.InvalidArgument, $"{file}:{node.Start.Line}: {reason}");
}
