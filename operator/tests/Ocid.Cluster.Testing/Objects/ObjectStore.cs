using System.Globalization;
using System.Text.Json.Nodes;
using Ocid.Cluster.Api;
using Ocid.Cluster.Testing.Kinds;
using Ocid.Cluster.Testing.Requests;

namespace Ocid.Cluster.Testing.Objects;

/// <summary>What etcd is to the real one: objects, one counter of versions, and the writes that watches begin after.</summary>
internal sealed class ObjectStore
{
    // The real one forgets after minutes.
    private const int LongestHistory = 50_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(ApiKind, Key), StoredObject> _objects = [];
    private readonly List<Transition> _history = [];

    // The version that the first entry of the history follows.
    private long _forgotten = 1;
    private TaskCompletionSource _written = NewSignal();

    public long Version
    {
        get
        {
            lock (_lock)
                return _forgotten + _history.Count;
        }
    }

    public StoredObject? Find(ApiKind kind, Key key)
    {
        lock (_lock)
            return _objects.GetValueOrDefault((kind, key));
    }

    /// <summary>All objects of a kind in their order, and of which version that is.</summary>
    public (IReadOnlyList<StoredObject> Objects, long Version) List(ApiKind kind)
    {
        lock (_lock)
        {
            var objects = _objects.Where(entry => entry.Key.Item1 == kind).Select(entry => entry.Value)
                .OrderBy(stored => stored.Key.Namespace, StringComparer.Ordinal).ThenBy(stored => stored.Key.Name, StringComparer.Ordinal);
            return ([.. objects], _forgotten + _history.Count);
        }
    }

    /// <summary>What was written after a version, and what ends at the next write.</summary>
    public (IReadOnlyList<Transition> Transitions, Task Written) After(long version)
    {
        lock (_lock)
        {
            if (version < _forgotten)
                throw RefusalException.Gone($"too old resource version: {version} ({_forgotten})");
            return (_history.GetRange((int)(version - _forgotten), _history.Count - (int)(version - _forgotten)), _written.Task);
        }
    }

    /// <summary>Forgets what was written: watches of earlier versions are too old.</summary>
    public void Compact()
    {
        lock (_lock)
            Forget(_history.Count);
    }

    /// <summary>Puts into an object's place what is made of it; null takes it away; what is no change is no write.</summary>
    /// <returns>What is there now, or what was there last.</returns>
    public StoredObject Write(ApiKind kind, Key key, Func<StoredObject?, JsonObject?> make)
    {
        lock (_lock)
        {
            var before = _objects.GetValueOrDefault((kind, key));
            var made = make(before);
            if (before is not null && made is not null && before.IsSame(made))
                return before;

            var version = _forgotten + _history.Count + 1;
            var next = made ?? before!.Copy();
            next["metadata"]!["resourceVersion"] = version.ToString(CultureInfo.InvariantCulture);
            var after = new StoredObject(kind, key, version, next);
            if (made is null)
                _objects.Remove((kind, key));
            else
                _objects[(kind, key)] = after;
            // Of what is gone a watch tells the last state, at the version of its end.
            _history.Add(made is null ? new Transition(version, after, null) : new Transition(version, before, after));
            if (_history.Count > LongestHistory)
                Forget(LongestHistory / 2);
            var written = _written;
            _written = NewSignal();
            written.SetResult();
            return after;
        }
    }

    private void Forget(int transitions)
    {
        _forgotten += transitions;
        _history.RemoveRange(0, transitions);
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
