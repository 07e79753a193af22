using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ocid.Primitives;

namespace Ocid.Storage.Records;

/// <summary>Typed looks at the members of a record, lenient: what another program wrote in another shape counts as absent.</summary>
internal static class JsonMembers
{
    public static string? Text(this JsonObject record, string name) =>
        record[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    public static long Number(this JsonObject record, string name) =>
        record[name] is JsonValue value && value.TryGetValue<long>(out var number) ? number : 0;

    public static Digest? Digest(this JsonObject record, string name) =>
        Primitives.Digest.TryParse(record.Text(name), out var digest) ? digest : null;

    public static IReadOnlyList<string> Texts(this JsonObject record, string name) =>
        record[name] is JsonArray array
            ? array.OfType<JsonValue>().Select(value => value.TryGetValue<string>(out var text) ? text : null).OfType<string>().ToList()
            : [];

    public static bool Flag(this JsonObject record, string name) =>
        record["flags"] is JsonObject flags && flags[name] is JsonValue value && value.GetValueKind() == JsonValueKind.True;

    public static JsonArray Array(IEnumerable<string> texts) => new(texts.Select(text => (JsonNode?)JsonValue.Create(text)).ToArray());

    public static JsonArray Array(IEnumerable<uint> numbers) => new(numbers.Select(number => (JsonNode?)JsonValue.Create(number)).ToArray());

    public static string Text(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);

    public static JsonObject? Find(this JsonArray records, string id) =>
        records.OfType<JsonObject>().FirstOrDefault(record => record.Text("id") == id);
}
