namespace Ocid.Operator.Planning;

/// <summary>Some nodes in a message: a few by name, the others as a number.</summary>
internal static class NodeNames
{
    /// <summary>A number of nodes.</summary>
    public static string Count(int nodes) => nodes == 1 ? "1 node" : $"{nodes} nodes";

    /// <param name="names">The nodes.</param>
    /// <param name="most">How many of them are named.</param>
    public static string Of(IEnumerable<string> names, int most = 10)
    {
        var sorted = names.Order(StringComparer.Ordinal).ToList();
        var named = string.Join(", ", sorted.Take(most));
        return sorted.Count <= most ? named : $"{named} and {sorted.Count - most} more";
    }
}
