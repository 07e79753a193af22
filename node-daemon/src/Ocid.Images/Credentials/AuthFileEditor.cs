using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Images.Credentials;

/// <summary>Changes an auth.json; what it does not know stays. The calls block for a moment, on a small file.</summary>
internal sealed class AuthFileEditor(string path)
{
    private static readonly JsonWriterOptions s_indented = new() { Indented = true, IndentCharacter = '\t', IndentSize = 1 };

    /// <summary>The helper that keeps a host's credentials in the file's stead; null where it keeps them itself.</summary>
    public string? HelperOf(string host)
    {
        var content = Read();
        return Text((content["credHelpers"] as JsonObject)?[host]) ?? Text(content["credsStore"]);
    }

    public void Set(string key, string user, string password)
    {
        var content = Read();
        if (content["auths"] is not JsonObject auths)
            content["auths"] = auths = [];
        auths[key] = new JsonObject { ["auth"] = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")) };
        Write(content);
    }

    /// <returns>Whether it had any.</returns>
    public bool Remove(string key)
    {
        var content = Read();
        if (content["auths"] is not JsonObject auths || !auths.Remove(key))
            return false;
        Write(content);
        return true;
    }

    /// <returns>The keys of what was removed.</returns>
    public IReadOnlyList<string> RemoveAll()
    {
        var content = Read();
        if (content["auths"] is not JsonObject { Count: > 0 } auths)
            return [];
        IReadOnlyList<string> removed = [.. auths.Select(entry => entry.Key)];
        auths.Clear();
        Write(content);
        return removed;
    }

    private JsonObject Read()
    {
        if (!File.Exists(path))
            return [];
        try
        {
            return JsonNode.Parse(File.ReadAllText(path)) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new OcidException(ErrorKind.FailedPrecondition, $"{path}: this is no file of credentials");
        }
    }

    private void Write(JsonObject content)
    {
        if (!Directory.Exists(Path.GetDirectoryName(path)))
            Directory.CreateDirectory(Path.GetDirectoryName(path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, s_indented))
            content.WriteTo(json);
        text.WriteByte((byte)'\n');
        AtomicFile.Write(path, text.ToArray());
    }

    private static string? Text(JsonNode? member) => member is JsonValue value && value.TryGetValue<string>(out var text) && text.Length > 0 ? text : null;
}
