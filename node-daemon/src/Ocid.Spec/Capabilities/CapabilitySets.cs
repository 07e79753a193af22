using System.Collections.Immutable;
using Ocid.Primitives;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Capabilities;

// The sets of a process from what was asked for and what the host has. A capability that the host lacks is left out
// without an error when it came by default, by ALL or by privileged, and also when it was named: the field's runtimes
// fail the start there, which on a small host would fail half of the cluster's add-ons.
internal static class CapabilitySets
{
    private const string All = "ALL";

    public static ProcessCapabilities Generate(CapabilityRequest request, bool privileged, IReadOnlySet<string> boundingSet)
    {
        var ambient = Known(request.AddAmbient).Where(boundingSet.Contains).ToImmutableSortedSet(StringComparer.Ordinal);
        var granted = (privileged ? KnownCapabilities.All : Granted(request).Union(ambient))
            .Where(boundingSet.Contains)
            .Order(StringComparer.Ordinal)
            .ToImmutableArray();

        return new ProcessCapabilities
        {
            Bounding = granted,
            Effective = granted,
            Permitted = granted,
            Inheritable = ambient.IsEmpty ? null : ambient,
            Ambient = ambient.IsEmpty ? null : ambient,
        };
    }

    private static HashSet<string> Granted(CapabilityRequest request)
    {
        IEnumerable<string> start = request.Defaults is null ? KnownCapabilities.ContainerDefaults : Known(request.Defaults);
        if (HasAll(request.Add))
            start = KnownCapabilities.All;
        if (HasAll(request.Drop))
            start = [];

        var granted = new HashSet<string>(start, StringComparer.Ordinal);
        granted.UnionWith(Known(request.Add));
        granted.ExceptWith(Known(request.Drop));
        return granted;
    }

    private static bool HasAll(IReadOnlyList<string> names) => names.Contains(All, StringComparer.OrdinalIgnoreCase);

    private static IEnumerable<string> Known(IReadOnlyList<string> names) =>
        names.Where(name => !name.Equals(All, StringComparison.OrdinalIgnoreCase)).Select(Normalise);

    private static string Normalise(string name)
    {
        var upper = name.ToUpperInvariant();
        var full = upper.StartsWith("CAP_", StringComparison.Ordinal) ? upper : "CAP_" + upper;
        return KnownCapabilities.All.Contains(full)
            ? full
            : throw new OcidException(ErrorKind.InvalidArgument, $"capability {Quoted.Text(name)}: unknown");
    }
}
