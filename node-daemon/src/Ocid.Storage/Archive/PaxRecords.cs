using System.Buffers.Text;
using System.Text;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Storage.Archive;

/// <summary>The records of a pax extended header: <c>length key=value\n</c> each, the length counting itself.</summary>
/// <remarks>https://pubs.opengroup.org/onlinepubs/9799919799/utilities/pax.html, "pax Extended Header"</remarks>
internal sealed class PaxRecords
{
    public static readonly PaxRecords None = new();

    private readonly Dictionary<string, byte[]> _attributes = [];

    public UnixPath? Name { get; private set; }

    public UnixPath? LinkName { get; private set; }

    public long? Size { get; private set; }

    public long? UserId { get; private set; }

    public long? GroupId { get; private set; }

    public UnixTime? Modified { get; private set; }

    public UnixTime? Accessed { get; private set; }

    public IReadOnlyList<KeyValuePair<UnixPath, byte[]>> Attributes =>
        [.. _attributes.Select(a => KeyValuePair.Create(new UnixPath(Encoding.Latin1.GetBytes(a.Key)), a.Value))];

    /// <exception cref="OcidException">DataLoss: malformed. Unimplemented: it describes a sparse file.</exception>
    public static PaxRecords Parse(ReadOnlySpan<byte> text)
    {
        var records = new PaxRecords();
        while (!text.IsEmpty)
        {
            if (!Utf8Parser.TryParse(text, out int length, out var digits) || length <= digits || length > text.Length
                || text[digits] != ' ' || text[length - 1] != '\n')
                throw Malformed("a record");

            var record = text[(digits + 1)..(length - 1)];
            if (record.IndexOf((byte)'=') is var equals && equals <= 0)
                throw Malformed("a record");
            records.Add(record[..equals], record[(equals + 1)..]);
            text = text[length..];
        }

        return records;
    }

    private void Add(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        var attribute = "SCHILY.xattr."u8;
        if (key.StartsWith("GNU.sparse."u8))
            throw new OcidException(ErrorKind.Unimplemented, "layer archive: sparse files are not supported");
        if (key.StartsWith(attribute))
            _attributes[Encoding.Latin1.GetString(key[attribute.Length..])] = value.ToArray();
        else if (!value.IsEmpty) // an empty value means that the header's own holds
            AddKnown(Encoding.Latin1.GetString(key), value);
    }

    private void AddKnown(string key, ReadOnlySpan<byte> value)
    {
        switch (key)
        {
            case "path":
                Name = new UnixPath(value);
                break;
            case "linkpath":
                LinkName = new UnixPath(value);
                break;
            case "size":
                Size = Integer(key, value);
                break;
            case "uid":
                UserId = Integer(key, value);
                break;
            case "gid":
                GroupId = Integer(key, value);
                break;
            case "mtime":
                Modified = Time(key, value);
                break;
            case "atime":
                Accessed = Time(key, value);
                break;
        }
    }

    private static long Integer(string key, ReadOnlySpan<byte> value) =>
        Utf8Parser.TryParse(value, out long number, out var used) && used == value.Length ? number : throw Malformed(key);

    // Seconds with any number of decimals, negative before 1970.
    private static UnixTime Time(string key, ReadOnlySpan<byte> value)
    {
        var negative = value[0] == '-';
        var point = value.IndexOf((byte)'.');
        var seconds = Integer(key, point < 0 ? value : value[..point]);
        if (point < 0)
            return new UnixTime(seconds, 0);

        var nanoseconds = 0;
        for (var at = 0; at < 9; at++)
        {
            var digit = point + 1 + at < value.Length ? value[point + 1 + at] - '0' : 0;
            nanoseconds = digit is >= 0 and <= 9 ? (nanoseconds * 10) + digit : throw Malformed(key);
        }

        return negative && nanoseconds > 0 ? new UnixTime(seconds - 1, 1_000_000_000 - nanoseconds) : new UnixTime(seconds, nanoseconds);
    }

    private static OcidException Malformed(string what) => new(ErrorKind.DataLoss, $"layer archive: {what} of an extended header is malformed");
}
