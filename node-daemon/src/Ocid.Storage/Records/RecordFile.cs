using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Records;

/// <summary>
/// A json file of records and the lock file that guards it. Writing needs the lock; reading does not, as every writer renames a
/// whole new file into place. A file in a read-only store is never locked.
/// </summary>
internal sealed class RecordFile<TRecord>(string path, string lockPath, bool durable, Func<JsonObject, TRecord?> read, DiskReserve reserve)
    where TRecord : class
{
    private readonly Lock _refresh = new();
    private volatile Loaded _loaded = new(default, true, []);

    public string Path => path;

    public string LockPath => lockPath;

    /// <summary>The records as they are now; a look at the file, and a read only if it was written since. The same list as long as it was not.</summary>
    public IReadOnlyList<TRecord> Current
    {
        get
        {
            if (_loaded is { IsSettled: true } loaded && loaded.Stamp == FileStamp.Of(path))
                return loaded.Records;
            lock (_refresh)
            {
                // The stamp is older than the content or the same: a write in between is read again, not missed.
                var stamp = FileStamp.Of(path);
                var settled = stamp.IsSettled;
                if (_loaded.IsSettled && _loaded.Stamp == stamp)
                    return _loaded.Records;
                _loaded = new Loaded(stamp, settled, Typed(ReadArray()));
                return _loaded.Records;
            }
        }
    }

    /// <summary>The records with every member, known to us or not, to be changed and given to <see cref="Save"/>.</summary>
    public JsonArray ReadArray()
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
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
        reserve.Run(() => AtomicFile.Write(path, content, AtomicFile.Private, durable, () => held.Write(LastWriter.Next())));
    }

    private List<TRecord> Typed(JsonArray records) =>
        records.OfType<JsonObject>().Select(read).OfType<TRecord>().ToList();

    private sealed record Loaded(FileStamp Stamp, bool IsSettled, IReadOnlyList<TRecord> Records);
}
