using System.Globalization;

namespace Ocid.Cluster.Caches;

/// <summary>Compares versions of objects of one resource.</summary>
/// <remarks>https://github.com/kubernetes/enhancements/tree/master/keps/sig-api-machinery/5504-comparable-resource-version</remarks>
internal static class ResourceVersion
{
    /// <summary>Whether one is later; of what is no number nobody knows.</summary>
    public static bool IsLater(string? version, string? than) =>
        ulong.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var one)
        && ulong.TryParse(than, NumberStyles.None, CultureInfo.InvariantCulture, out var other)
        && one > other;
}
