using Ocid.Primitives;
using Ocid.Runtime.Oci;

namespace Ocid.Cri;

/// <summary>The OCI runtimes that pods of this node may ask for, and what each said that it can do.</summary>
public sealed class RuntimeHandlers
{
    private volatile Handlers _now;

    private RuntimeHandlers(Handlers first) => _now = first;

    /// <summary>Asks every runtime what it can do.</summary>
    /// <param name="defaultName">The handler of pods that ask for none.</param>
    /// <param name="runtimes">All handlers, the default one among them.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OcidException">Unavailable: a program cannot be run. InvalidArgument: the default is not among them.</exception>
    public static async Task<RuntimeHandlers> ProbeAsync(string defaultName, IReadOnlyList<OciRuntime> runtimes, CancellationToken ct) =>
        new(await AskAsync(defaultName, runtimes, [], ct).ConfigureAwait(false));

    /// <summary>Other handlers from now on. Pods of one that is gone keep it: it can be asked for no more.</summary>
    /// <exception cref="OcidException">As for <see cref="ProbeAsync"/>; nothing has changed.</exception>
    public async Task ChangeAsync(string defaultName, IReadOnlyList<OciRuntime> runtimes, CancellationToken ct)
    {
        var before = _now;
        var former = new Dictionary<string, OciRuntime>(before.Former, StringComparer.Ordinal);
        foreach (var (name, known) in before.ByName)
            former[name] = known.Runtime;
        // Where a handler's program keeps its state is where its containers are found.
        foreach (var moved in runtimes.Where(r => former.TryGetValue(r.Handler.Name, out var was) && was.Handler.Root != r.Handler.Root))
            throw new OcidException(ErrorKind.FailedPrecondition, $"runtime handler {moved.Handler.Name}: another root needs a restart of the daemon without pods of that handler");
        _now = await AskAsync(defaultName, runtimes, former, ct).ConfigureAwait(false);
    }

    /// <summary>The name of the handler that a pod asks for: the default one's for "".</summary>
    /// <exception cref="OcidException">InvalidArgument: no such handler.</exception>
    internal string Resolve(string asked)
    {
        var now = _now;
        var name = asked.Length == 0 ? now.Default : asked;
        return now.ByName.ContainsKey(name)
            ? name
            : throw new OcidException(ErrorKind.InvalidArgument, $"runtime handler {Quoted.Text(asked)}: not configured on this node; it has {string.Join(", ", now.ByName.Keys)}");
    }

    /// <summary>The runtime of a handler that a pod has; the default one for "".</summary>
    /// <exception cref="OcidException">FailedPrecondition: it is configured no more.</exception>
    internal OciRuntime Get(string handler)
    {
        var now = _now;
        var name = handler.Length == 0 ? now.Default : handler;
        return now.ByName.TryGetValue(name, out var known) ? known.Runtime
            : now.Former.GetValueOrDefault(name)
            ?? throw new OcidException(ErrorKind.FailedPrecondition, $"runtime handler {Quoted.Text(name)}: configured no more, and this pod has it");
    }

    /// <summary>Whether a handler makes mounts read-only with all that is mounted below.</summary>
    internal bool MountsRecursivelyReadOnly(string handler) => _now.ByName.TryGetValue(handler, out var known) && known.Features.RecursiveReadOnlyMounts;

    /// <summary>Each handler with its features as CRI lists them; "" is the default one.</summary>
    /// <param name="userNamespaces">Whether the host can do what pods with one of their own need.</param>
    internal IEnumerable<V1.RuntimeHandler> Messages(bool userNamespaces)
    {
        var now = _now;
        return now.ByName.Select(h => Message(h.Key, h.Value.Features, userNamespaces)).Prepend(Message("", now.ByName[now.Default].Features, userNamespaces));
    }

    /// <summary>The version that each program tells of itself, by handler.</summary>
    internal IReadOnlyDictionary<string, string> Versions => _now.ByName.ToDictionary(h => h.Key, h => h.Value.Features.Version);

    private static async Task<Handlers> AskAsync(string defaultName, IReadOnlyList<OciRuntime> runtimes, Dictionary<string, OciRuntime> former, CancellationToken ct)
    {
        var byName = new Dictionary<string, (OciRuntime, RuntimeFeatures)>(StringComparer.Ordinal);
        foreach (var runtime in runtimes)
            byName.Add(runtime.Handler.Name, (runtime, await runtime.ProbeAsync(ct).ConfigureAwait(false)));
        return byName.ContainsKey(defaultName)
            ? new Handlers(defaultName, byName, former)
            : throw new OcidException(ErrorKind.InvalidArgument, $"default runtime {Quoted.Text(defaultName)}: no such handler");
    }

    private static V1.RuntimeHandler Message(string name, RuntimeFeatures features, bool userNamespaces) => new()
    {
        Name = name,
        // Mounts are id-mapped here, so that the runtime need not be able to.
        Features = new V1.RuntimeHandlerFeatures { RecursiveReadOnlyMounts = features.RecursiveReadOnlyMounts, UserNamespaces = userNamespaces && features.UserNamespaces },
    };

    private sealed record Handlers(string Default, IReadOnlyDictionary<string, (OciRuntime Runtime, RuntimeFeatures Features)> ByName, IReadOnlyDictionary<string, OciRuntime> Former);
}
