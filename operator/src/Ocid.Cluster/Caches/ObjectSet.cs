using k8s.Models;
using Ocid.Cluster.Api;

namespace Ocid.Cluster.Caches;

/// <summary>The objects of a cache and who hears of their changes. Changes are told in their order, one at a time.</summary>
internal sealed class ObjectSet<T>
    where T : class, IMetadata<V1ObjectMeta>
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, T> _objects = [];
    private readonly List<Action<Change<T>>> _subscribers = [];
    private IReadOnlyCollection<T>? _snapshot;

    // Up to which version the API server has told everything.
    private string _told = "";

    public string Told
    {
        get
        {
            lock (_lock)
                return _told;
        }
    }

    public IReadOnlyCollection<T> Snapshot()
    {
        lock (_lock)
            return _snapshot ??= [.. _objects.Values];
    }

    public T? Find(Key key)
    {
        lock (_lock)
            return _objects.GetValueOrDefault(key);
    }

    public IDisposable Subscribe(Action<Change<T>> subscriber)
    {
        lock (_lock)
        {
            _subscribers.Add(subscriber);
            foreach (var known in _objects.Values)
                subscriber(new Change<T>(null, known));
        }

        return new Subscription(this, subscriber);
    }

    /// <summary>What a list says is all that there is, but for what was written since.</summary>
    public void Become(IEnumerable<T> listed, string version)
    {
        lock (_lock)
        {
            var gone = new HashSet<Key>(_objects.Keys);
            foreach (var value in listed)
            {
                var key = Key.Of(value.Metadata);
                gone.Remove(key);
                var before = _objects.GetValueOrDefault(key);
                if (IsSame(before, value) || before is not null && ResourceVersion.IsLater(before.Metadata.ResourceVersion, version))
                    Tell(new Change<T>(before, before));
                else
                    Put(key, before, value);
            }

            foreach (var key in gone)
                if (!ResourceVersion.IsLater(_objects[key].Metadata.ResourceVersion, version))
                    Remove(key, _objects[key]);
            _told = version;
        }
    }

    public void Apply(WatchEvent<T> seen, Func<T, T>? trim)
    {
        lock (_lock)
        {
            _told = seen.Version;
            if (seen.Object is not { } whole)
                return;

            var value = trim is null ? whole : trim(whole);
            var key = Key.Of(value.Metadata);
            var before = _objects.GetValueOrDefault(key);
            if (seen.Kind is WatchEventKind.Deleted)
            {
                // A later object of the same name may have been written already.
                if (before is not null && !ResourceVersion.IsLater(before.Metadata.ResourceVersion, seen.Version))
                    Remove(key, before);
            }
            else if (before is null || !IsSame(before, value) && !ResourceVersion.IsLater(before.Metadata.ResourceVersion, seen.Version))
            {
                Put(key, before, value);
            }
        }
    }

    /// <summary>Takes what the API server answered to a write, where the watch is not that far yet.</summary>
    public void Observe(T written)
    {
        lock (_lock)
        {
            var key = Key.Of(written.Metadata);
            var before = _objects.GetValueOrDefault(key);
            var version = written.Metadata.ResourceVersion;
            if (ResourceVersion.IsLater(version, _told) && (before is null || ResourceVersion.IsLater(version, before.Metadata.ResourceVersion)))
                Put(key, before, written);
        }
    }

    private static bool IsSame(T? one, T other) => one is not null && one.Metadata.ResourceVersion == other.Metadata.ResourceVersion && one.Metadata.Uid == other.Metadata.Uid;

    private void Put(Key key, T? before, T value)
    {
        _objects[key] = value;
        _snapshot = null;
        Tell(new Change<T>(before, value));
    }

    private void Remove(Key key, T before)
    {
        _objects.Remove(key);
        _snapshot = null;
        Tell(new Change<T>(before, null));
    }

    private void Tell(Change<T> change)
    {
        foreach (var subscriber in _subscribers)
            subscriber(change);
    }

    private void Unsubscribe(Action<Change<T>> subscriber)
    {
        lock (_lock)
            _subscribers.Remove(subscriber);
    }

    private sealed class Subscription(ObjectSet<T> objects, Action<Change<T>> subscriber) : IDisposable
    {
        public void Dispose() => objects.Unsubscribe(subscriber);
    }
}
