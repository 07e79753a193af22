using System.Text.Json.Nodes;

namespace Ocid.Storage.Records;

/// <summary>The content of one file of records, and how it is written.</summary>
internal sealed class RecordPage(JsonArray records, Action<JsonArray> save)
{
    public JsonArray Records => records;

    public void Save() => save(records);
}
