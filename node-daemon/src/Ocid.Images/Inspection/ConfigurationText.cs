using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ocid.Images.Manifests;
using Ocid.Primitives;

namespace Ocid.Images.Inspection;

/// <summary>A configuration with those members only that the image specification has, as the field's tools print it.</summary>
/// <remarks>https://github.com/opencontainers/image-spec/blob/main/config.md</remarks>
internal static class ConfigurationText
{
    private static readonly string[] s_defaults = ["User", "ExposedPorts", "Env", "Entrypoint", "Cmd", "Volumes", "WorkingDir", "Labels", "StopSignal"];
    private static readonly string[] s_history = ["created", "created_by", "author", "comment", "empty_layer"];

    /// <exception cref="OcidException">DataLoss: it is no configuration.</exception>
    public static string Of(ReadOnlyMemory<byte> config)
    {
        var text = new ArrayBufferWriter<byte>();
        try
        {
            using var document = JsonDocument.Parse(config);
            using var json = new Utf8JsonWriter(text, new JsonWriterOptions { Indented = true, IndentSize = 4, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            Write(json, document.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw new OcidException(ErrorKind.DataLoss, $"image configuration: {malformed.Message}", malformed);
        }

        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter json, JsonElement config)
    {
        json.WriteStartObject();
        WriteMembers(json, config, ["created", "author"]);
        WriteText(json, config, "architecture");
        WriteMembers(json, config, ["variant"]);
        WriteText(json, config, "os");
        WriteMembers(json, config, ["os.version", "os.features"]);
        json.WriteStartObject("config");
        if (config.TryGetProperty("config", out var defaults) && defaults.ValueKind == JsonValueKind.Object)
            WriteMembers(json, defaults, s_defaults);
        json.WriteEndObject();
        json.WriteStartObject("rootfs");
        var layers = config.TryGetProperty("rootfs", out var rootfs) ? rootfs : default;
        WriteText(json, layers, "type");
        WriteMember(json, layers, "diff_ids");
        json.WriteEndObject();
        if (config.TryGetProperty("history", out var history) && history.ValueKind == JsonValueKind.Array && history.GetArrayLength() > 0)
            WriteHistory(json, history);
        json.WriteEndObject();
    }

    private static void WriteHistory(Utf8JsonWriter json, JsonElement history)
    {
        json.WriteStartArray("history");
        foreach (var step in history.EnumerateArray())
        {
            json.WriteStartObject();
            WriteMembers(json, step, s_history);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteMembers(Utf8JsonWriter json, JsonElement of, IEnumerable<string> names)
    {
        foreach (var name in names.Where(name => of.TryGetProperty(name, out var value) && !IsEmpty(value)))
            WriteMember(json, of, name);
    }

    private static void WriteMember(Utf8JsonWriter json, JsonElement of, string name)
    {
        var value = of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var found) ? found : default;
        json.WritePropertyName(name);
        if (value.ValueKind == JsonValueKind.Undefined)
            json.WriteNullValue();
        else if (name == "created")
            json.WriteStringValue(GoTime.Written(value.GetString()));
        else if (value.ValueKind == JsonValueKind.Object)
            WriteSorted(json, value);
        else
            value.WriteTo(json);
    }

    // Go writes maps in the order of their keys.
    private static void WriteSorted(Utf8JsonWriter json, JsonElement map)
    {
        json.WriteStartObject();
        foreach (var member in map.EnumerateObject().OrderBy(member => member.Name, StringComparer.Ordinal))
            member.WriteTo(json);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, JsonElement of, string name) =>
        json.WriteString(name, of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "");

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False => true,
        JsonValueKind.String => value.ValueEquals(""),
        JsonValueKind.Array => value.GetArrayLength() == 0,
        JsonValueKind.Object => !value.EnumerateObject().Any(),
        _ => false,
    };
}
