using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Ocid.Cluster.Testing.Objects;

namespace Ocid.Cluster.Testing.Requests;

/// <summary>Answers lists, page by page: all pages are of the first one's moment.</summary>
internal sealed class Lists(ObjectStore store)
{
    private readonly ConcurrentDictionary<string, Rest> _rests = [];

    /// <summary>Makes every page that is still to come too old.</summary>
    public void Expire() => _rests.Clear();

    public byte[] Answer(ApiAddress address, Selection selection, IQueryCollection query)
    {
        var (objects, version) = Begin(selection, address, query["continue"]);
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var number) && number > 0 ? number : int.MaxValue;
        string? next = null;
        if (objects.Count > limit)
            _rests[next = Guid.NewGuid().ToString("N")] = new Rest([.. objects.Skip(limit)], version);
        return Write(address, [.. objects.Take(limit)], version, next, objects.Count - limit);
    }

    private Rest Begin(Selection selection, ApiAddress address, string? next)
    {
        if (!string.IsNullOrEmpty(next))
            return _rests.TryGetValue(next, out var rest) ? rest : throw RefusalException.Gone("The provided continue parameter is too old to display a consistent list result. You must start a new list without the continue parameter.");
        var (objects, version) = store.List(address.Kind);
        return new Rest([.. objects.Where(selection.Matches)], version);
    }

    private static byte[] Write(ApiAddress address, IReadOnlyList<StoredObject> objects, long version, string? next, int remaining)
    {
        using var buffer = new MemoryStream();
        var head = $"{{\"kind\":\"{address.Kind.Kind}List\",\"apiVersion\":\"{address.Kind.ApiVersion}\",\"metadata\":{{\"resourceVersion\":\"{version}\"";
        buffer.Write(Encoding.UTF8.GetBytes(head + (next is null ? "" : $",\"continue\":{JsonSerializer.Serialize(next)},\"remainingItemCount\":{remaining}") + "},\"items\":["));
        for (var i = 0; i < objects.Count; i++)
        {
            if (i > 0)
                buffer.WriteByte((byte)',');
            buffer.Write(objects[i].Utf8);
        }

        buffer.Write("]}"u8);
        return buffer.ToArray();
    }

    private sealed record Rest(IReadOnlyList<StoredObject> Objects, long Version);
}
