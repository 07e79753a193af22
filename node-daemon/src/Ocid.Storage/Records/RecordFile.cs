using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Records;

/// <summary>
/// A json file of records and the lock file that guards it. Writing needs the lock; reading does not, as every writer renames a
/// whole new file into place. A file in a read-only store is never locked.
/// </summary>
internal sealed class RecordFile<TRecord>(string path, string lockPath, bool durable, ReadRecord<TRecord> read, DiskReserve reserve)
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
                _loaded = new Loaded(stamp, settled, Parse<List<TRecord>>(Typed, []));
                return _loaded.Records;
            }
        }
    }

    /// <summary>The records with every member, known to us or not, to be changed and given to <see cref="Save"/>.</summary>
    public JsonArray ReadArray() => Parse<JsonArray>(static content => JsonNode.Parse(content) as JsonArray ?? [], []);

    /// <summary>Replaces the file. The token goes first: a peer then reads once too often, never once too little.</summary>
    public void Save(FileLock held, JsonArray records)
    {
        var content = Encoding.UTF8.GetBytes(records.ToJsonString());
        reserve.Run(() => AtomicFile.Write(path, content, AtomicFile.Private, durable, () => held.Write(LastWriter.Next())));
    }

    private T Parse<T>(Func<byte[], T> parse, T empty)
    {
        try
        {
            return File.ReadAllBytes(path) is { Length: > 0 } content ? parse(content) : empty;
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return empty;
        }
        catch (JsonException corrupt)
        {
            throw new OcidException(ErrorKind.DataLoss, $"read {path}: {corrupt.Message}", corrupt);
        }
    }

    private List<TRecord> Typed(byte[] content)
    {
        var reader = new RecordReader(content);
        var records = new List<TRecord>();
        while (reader.NextRecord())
        {
            if (read(ref reader) is { } record)
                records.Add(record);
        }

        return records;
    }

    private sealed record Loaded(FileStamp Stamp, bool IsSettled, IReadOnlyList<TRecord> Records);
}
