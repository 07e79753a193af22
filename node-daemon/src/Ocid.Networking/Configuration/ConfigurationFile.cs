using System.Buffers;
using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Networking.Configuration;

// https://www.cni.dev/docs/spec/#section-1-network-configuration-format; a file that is one plugin alone (.conf, .json) is a chain of one.
internal static class ConfigurationFile
{
    private const int LargestSize = 1 << 20;
    private static readonly SearchValues<char> NameCharacters =
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.-");

    public static bool IsConfiguration(string path) => Path.GetExtension(path) is ".conflist" or ".conf" or ".json";

    public static NetworkConfiguration Load(string path)
    {
        if (new FileInfo(path).Length > LargestSize)
            throw Wrong("the file is larger than 1 MiB");
        return Parse(File.ReadAllBytes(path));
    }

    /// <exception cref="OcidException">InvalidArgument: what is wrong, without the file's name.</exception>
    public static NetworkConfiguration Parse(byte[] source)
    {
        JsonElement root;
        try
        {
            using var document = JsonDocument.Parse(source);
            root = document.RootElement.Clone();
        }
        catch (JsonException e)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"not JSON: {e.Message.TrimEnd('.')}", e);
        }

        if (root.ValueKind != JsonValueKind.Object)
            throw Wrong("not a JSON object");
        return new NetworkConfiguration(Name(root), Version(root), Plugins(root), source);
    }

    private static string Name(JsonElement root)
    {
        var name = Text(root, "name");
        if (string.IsNullOrEmpty(name))
            throw Wrong("name is missing");
        return char.IsAsciiLetterOrDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(NameCharacters)
            ? name
            : throw Wrong($"name {Quoted.Text(name)} is not valid");
    }

    private static CniVersion Version(JsonElement root)
    {
        List<string> offered = [];
        if (root.TryGetProperty("cniVersions", out var several) && several.ValueKind == JsonValueKind.Array)
            offered.AddRange(several.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!));
        offered.Add(Text(root, "cniVersion") ?? "0.1.0");
        return offered.Select(one => CniVersion.TryParse(one, out var version) ? version : null).Max()
            ?? throw Wrong($"cniVersion {string.Join(", ", offered.Select(Quoted.Text))} is not supported (want 0.3.0 to 1.1.0)");
    }

    private static List<PluginConfiguration> Plugins(JsonElement root)
    {
        if (!root.TryGetProperty("plugins", out var plugins))
            return [Plugin(root)];
        if (plugins.ValueKind != JsonValueKind.Array || plugins.GetArrayLength() == 0)
            throw Wrong("plugins is empty or no list");
        return [.. plugins.EnumerateArray().Select(Plugin)];
    }

    private static PluginConfiguration Plugin(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
            throw Wrong("a plugin is not a JSON object");
        var type = Text(body, "type");
        if (string.IsNullOrEmpty(type))
            throw Wrong("a plugin has no type");
        if (type is "." or ".." || type.Contains('/') || type.Any(char.IsControl))
            throw Wrong($"plugin type {Quoted.Text(type)} is not a file name");
        return new PluginConfiguration(type, Capabilities(body), body);
    }

    private static HashSet<string> Capabilities(JsonElement body) =>
        body.TryGetProperty("capabilities", out var capabilities) && capabilities.ValueKind == JsonValueKind.Object
            ? [.. capabilities.EnumerateObject().Where(one => one.Value.ValueKind == JsonValueKind.True).Select(one => one.Name)]
            : [];

    private static string? Text(JsonElement owner, string name) =>
        owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static OcidException Wrong(string what) => new(ErrorKind.InvalidArgument, what);
}
