using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Records;

/// <summary>
/// A json file of records and the lock file that guards it. Writing needs <see cref="LockAsync"/>; reading does not, as every
/// writer renames a whole new file into place.
/// </summary>
internal sealed class RecordFile<TRecord>(string path, string lockPath, bool durable, Func<JsonObject, TRecord?> read)
    where TRecord : class
{
    private readonly Lock _refresh = new();
    private volatile Loaded _loaded = new(default, []);

    /// <summary>The records as they are now; a look at the file, and a read only if it was written since.</summary>
    public IReadOnlyList<TRecord> Current
    {
        get
        {
            var stamp = FileStamp.Of(path, lockPath);
            if (_loaded is { } loaded && loaded.Stamp == stamp)
                return loaded.Records;
            lock (_refresh)
            {
                // The stamp is older than the content or the same: a write in between is read again, not missed.
                stamp = FileStamp.Of(path, lockPath);
                _loaded = new Loaded(stamp, Typed(ReadArray()));
                return _loaded.Records;
            }
        }
    }

    public Task<FileLock> LockAsync(CancellationToken ct) => FileLock.AcquireAsync(lockPath, FileLockMode.Exclusive, ct);

    /// <summary>The records with every member, known to us or not, to be changed and given to <see cref="Save"/>.</summary>
    public JsonArray ReadArray()
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (FileNotFoundException)
        {
            return [];
        }

        if (content.Length == 0)
            return [];
        try
        {
            return JsonNode.Parse(content) as JsonArray ?? [];
        }
        catch (System.Text.Json.JsonException corrupt)
        {
            throw new OcidException(ErrorKind.DataLoss, $"read {path}: {corrupt.Message}", corrupt);
        }
    }

    /// <summary>Replaces the file. The token goes first: a peer then reads once too often, never once too little.</summary>
    public void Save(FileLock held, JsonArray records)
    {
        var content = System.Text.Encoding.UTF8.GetBytes(records.ToJsonString());
        AtomicFile.Write(path, content, AtomicFile.Private, durable, () => held.Write(LastWriter.Next()));
    }

    private List<TRecord> Typed(JsonArray records) =>
        records.OfType<JsonObject>().Select(read).OfType<TRecord>().ToList();

    private sealed record Loaded(FileStamp Stamp, IReadOnlyList<TRecord> Records);
}
