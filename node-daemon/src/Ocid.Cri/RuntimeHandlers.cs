using Ocid.Primitives;
using Ocid.Runtime.Oci;

namespace Ocid.Cri;

/// <summary>The OCI runtimes that pods of this node may ask for, and what each said that it can do.</summary>
public sealed class RuntimeHandlers
{
    private readonly Dictionary<string, (OciRuntime Runtime, RuntimeFeatures Features)> _byName;
    private readonly string _default;

    private RuntimeHandlers(string defaultName, Dictionary<string, (OciRuntime, RuntimeFeatures)> byName) => (_default, _byName) = (defaultName, byName);

    /// <summary>Asks every runtime what it can do.</summary>
    /// <param name="defaultName">The handler of pods that ask for none.</param>
    /// <param name="runtimes">All handlers, the default one among them.</param>
    /// <param name="ct">Cancels.</param>
    /// <exception cref="OcidException">Unavailable: a program cannot be run. InvalidArgument: the default is not among them.</exception>
    public static async Task<RuntimeHandlers> ProbeAsync(string defaultName, IReadOnlyList<OciRuntime> runtimes, CancellationToken ct)
    {
        var byName = new Dictionary<string, (OciRuntime, RuntimeFeatures)>(StringComparer.Ordinal);
        foreach (var runtime in runtimes)
            byName.Add(runtime.Handler.Name, (runtime, await runtime.ProbeAsync(ct).ConfigureAwait(false)));
        return byName.ContainsKey(defaultName)
            ? new RuntimeHandlers(defaultName, byName)
            : throw new OcidException(ErrorKind.InvalidArgument, $"default runtime {Quoted.Text(defaultName)}: no such handler");
    }

    /// <summary>The runtime of a handler; the default one for "".</summary>
    /// <exception cref="OcidException">InvalidArgument: no such handler.</exception>
    internal OciRuntime Get(string handler) =>
        _byName.TryGetValue(handler.Length == 0 ? _default : handler, out var found)
            ? found.Runtime
            : throw new OcidException(ErrorKind.InvalidArgument, $"runtime handler {Quoted.Text(handler)}: not configured on this node; it has {string.Join(", ", _byName.Keys)}");

    /// <summary>Each handler with its features as CRI lists them; "" is the default one.</summary>
    internal IEnumerable<V1.RuntimeHandler> Messages => _byName.Select(h => Message(h.Key, h.Value.Features)).Prepend(Message("", _byName[_default].Features));

    /// <summary>The version that each program tells of itself, by handler.</summary>
    internal IReadOnlyDictionary<string, string> Versions => _byName.ToDictionary(h => h.Key, h => h.Value.Features.Version);

    private static V1.RuntimeHandler Message(string name, RuntimeFeatures features) => new()
    {
        Name = name,
        // Not promised before this daemon makes pods with a user namespace.
        Features = new V1.RuntimeHandlerFeatures { RecursiveReadOnlyMounts = features.RecursiveReadOnlyMounts, UserNamespaces = false },
    };
}
