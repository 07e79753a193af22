using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Ocid.Daemon.Templates;

/// <summary>Values as Go prints, compares and walks them: null, string, long, bool, <see cref="GoTime"/>, <see cref="GoStruct"/>, lists, and dictionaries of strings.</summary>
internal static class GoText
{
    private static readonly JsonWriterOptions s_compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>As <c>fmt.Print</c> has it.</summary>
    public static string Print(object? value) => value switch
    {
        null => "<nil>",
        string text => text,
        bool flag => flag ? "true" : "false",
        long number => number.ToString(CultureInfo.InvariantCulture),
        GoStruct fields => $"{{{string.Join(' ', fields.Fields.Select(field => Print(field.Value)))}}}",
        IReadOnlyDictionary<string, string> map => $"map[{string.Join(' ', Sorted(map).Select(entry => $"{entry.Key}:{entry.Value}"))}]",
        IEnumerable list => $"[{string.Join(' ', list.Cast<object?>().Select(Print))}]",
        _ => value.ToString()!,
    };

    /// <summary>As <c>encoding/json</c> has it, in one line.</summary>
    public static string Json(object? value)
    {
        using var text = new MemoryStream();
        using (var json = new Utf8JsonWriter(text, s_compact))
            Write(json, value);
        return Encoding.UTF8.GetString(text.ToArray());
    }

    /// <summary>Whether <c>{{if}}</c> takes it for true: what is not nothing, zero or empty.</summary>
    public static bool IsTrue(object? value) => value switch
    {
        null or false or 0L or "" => false,
        IReadOnlyDictionary<string, string> map => map.Count > 0,
        IEnumerable list and not string => list.Cast<object?>().Any(),
        _ => true,
    };

    /// <summary>What <c>{{range}}</c> walks: keys or places, with their values.</summary>
    public static IReadOnlyList<(object? Key, object? Value)> Elements(object? value) => value switch
    {
        null => [],
        IReadOnlyDictionary<string, string> map => [.. Sorted(map).Select(entry => ((object?)entry.Key, (object?)entry.Value))],
        IEnumerable list and not string => [.. list.Cast<object?>().Select((element, at) => ((object?)(long)at, element))],
        _ => throw GoTemplate.Wrong($"range: {Kind(value)} has no elements"),
    };

    /// <summary>A field of a struct, or an entry of a map: empty where it is not in it.</summary>
    public static object? Field(object? owner, string name) => owner switch
    {
        GoStruct of when of.Fields.Any(field => field.Name == name) => of.Fields.First(field => field.Name == name).Value,
        GoStruct of => throw GoTemplate.Wrong($".{name}: no such field; there are {string.Join(", ", of.Fields.Select(field => field.Name))}"),
        IReadOnlyDictionary<string, string> map => map.GetValueOrDefault(name, ""),
        _ => throw GoTemplate.Wrong($".{name}: {Kind(owner)} has no fields"),
    };

    /// <summary>What kind of value it is, for messages.</summary>
    public static string Kind(object? value) => value switch
    {
        null => "nothing",
        string => "a string",
        long => "a number",
        bool => "a truth value",
        GoTime => "a time",
        GoStruct => "a struct",
        IReadOnlyDictionary<string, string> => "a map",
        _ => "a list",
    };

    private static IOrderedEnumerable<KeyValuePair<string, string>> Sorted(IReadOnlyDictionary<string, string> map) => map.OrderBy(entry => entry.Key, StringComparer.Ordinal);

    private static void Write(Utf8JsonWriter json, object? value)
    {
        switch (value)
        {
            case GoStruct fields:
                json.WriteStartObject();
                foreach (var (name, field) in fields.Fields)
                {
                    json.WritePropertyName(name);
                    Write(json, field);
                }

                json.WriteEndObject();
                break;
            case IReadOnlyDictionary<string, string> map:
                json.WriteStartObject();
                foreach (var (name, entry) in Sorted(map))
                    json.WriteString(name, entry);
                json.WriteEndObject();
                break;
            case string text:
                json.WriteStringValue(text);
                break;
            case GoTime time:
                json.WriteStringValue(time.Written);
                break;
            case long number:
                json.WriteNumberValue(number);
                break;
            case bool flag:
                json.WriteBooleanValue(flag);
                break;
            case IEnumerable list:
                json.WriteStartArray();
                foreach (var element in list)
                    Write(json, element);
                json.WriteEndArray();
                break;
            default:
                json.WriteNullValue();
                break;
        }
    }
}
