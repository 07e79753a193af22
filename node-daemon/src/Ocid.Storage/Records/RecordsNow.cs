namespace Ocid.Storage.Records;

/// <summary>The records of one kind at one moment.</summary>
internal sealed class RecordsNow<TRecord>(IReadOnlyList<TRecord>[] lists, IEnumerable<TRecord> records, Func<TRecord, string> id)
    where TRecord : class
{
    private readonly OrderedDictionary<string, TRecord> _byId = ById(records, id);

    public IReadOnlyList<TRecord> All => _byId.Values;

    public TRecord? Find(string wanted) => _byId.GetValueOrDefault(wanted);

    /// <summary>Whether it was made of these very lists.</summary>
    public bool IsOf(IReadOnlyList<TRecord>[] others) => lists.Length == others.Length && lists.Zip(others).All(pair => ReferenceEquals(pair.First, pair.Second));

    private static OrderedDictionary<string, TRecord> ById(IEnumerable<TRecord> records, Func<TRecord, string> id)
    {
        var byId = new OrderedDictionary<string, TRecord>(StringComparer.Ordinal);
        foreach (var record in records)
            byId.TryAdd(id(record), record);
        return byId;
    }
}
