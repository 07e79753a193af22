using System.Text.Json.Nodes;

namespace Ocid.Storage.Records;

/// <summary>The records that the holder of the locks may change, with every member, known to us or not.</summary>
/// <param name="pages">One for each file; new records go to the first unless said otherwise.</param>
internal sealed class RecordTable(IReadOnlyList<RecordPage> pages)
{
    private Dictionary<string, JsonObject>? _byId;

    public IEnumerable<JsonObject> All => pages.SelectMany(page => page.Records.OfType<JsonObject>());

    public JsonObject? Find(string id) => (_byId ??= ById()).GetValueOrDefault(id);

    /// <summary>Adds a record to a file; <see cref="Save(JsonObject)"/> writes it.</summary>
    public void Add(JsonObject record, int page = 0)
    {
        pages[page].Records.Add((JsonNode)record);
        _byId = null;
    }

    /// <summary>Takes a record away and writes the file that had it.</summary>
    public void Remove(JsonObject record)
    {
        var page = PageOf(record);
        page.Records.Remove(record);
        _byId = null;
        page.Save();
    }

    /// <summary>Takes all away and writes the files that had some.</summary>
    public void RemoveAll()
    {
        _byId = null;
        foreach (var page in pages.Where(page => page.Records.Count > 0))
        {
            page.Records.Clear();
            page.Save();
        }
    }

    /// <summary>Writes the file that has the record.</summary>
    public void Save(JsonObject record) => PageOf(record).Save();

    /// <summary>Writes every file that has one of the records, each once.</summary>
    public void Save(IEnumerable<JsonObject> records)
    {
        foreach (var page in records.Select(PageOf).Distinct().ToList())
            page.Save();
    }

    // Of two with one id the first counts.
    private Dictionary<string, JsonObject> ById()
    {
        var byId = new Dictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var record in All)
        {
            if (record.Text("id") is { } id)
                byId.TryAdd(id, record);
        }

        return byId;
    }

    private RecordPage PageOf(JsonObject record) => pages.First(page => ReferenceEquals(page.Records, record.Parent));
}
