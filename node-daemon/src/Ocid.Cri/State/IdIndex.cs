using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Ocid.Primitives;

namespace Ocid.Cri.State;

/// <summary>Objects by their 64-digit id, found by the whole id or by a prefix that only one of them has, as crictl's users type it.</summary>
/// <param name="noun">What the objects are, for messages: <c>container</c>.</param>
internal sealed class IdIndex<T>(string noun)
    where T : class
{
    private readonly ConcurrentDictionary<string, T> _items = new(StringComparer.Ordinal);

    /// <summary>A snapshot of all of them.</summary>
    public ICollection<T> All => _items.Values;

    public void Add(string id, T item)
    {
        if (!_items.TryAdd(id, item))
            throw new OcidException(ErrorKind.AlreadyExists, $"{noun} {id}: exists already");
    }

    public void Remove(string id) => _items.TryRemove(id, out _);

    /// <summary>The object of that id or unique prefix; false when there is none.</summary>
    /// <exception cref="OcidException">InvalidArgument for an empty or ambiguous prefix.</exception>
    public bool TryGet(string idOrPrefix, [NotNullWhen(true)] out T? item)
    {
        if (string.IsNullOrEmpty(idOrPrefix))
            throw new OcidException(ErrorKind.InvalidArgument, $"{noun} id: empty");
        if (_items.TryGetValue(idOrPrefix, out item))
            return true;

        foreach (var (id, candidate) in _items)
        {
            if (!id.StartsWith(idOrPrefix, StringComparison.Ordinal))
                continue;
            if (item is not null)
                throw new OcidException(ErrorKind.InvalidArgument, $"{noun} {Quoted.Text(idOrPrefix)}: more than one id begins so");
            item = candidate;
        }

        return item is not null;
    }
}
