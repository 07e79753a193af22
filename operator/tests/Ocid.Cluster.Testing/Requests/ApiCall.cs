namespace Ocid.Cluster.Testing.Requests;

/// <summary>A request that the double was asked.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Path">The path, without the query.</param>
/// <param name="IsWatch">Whether it is a watch.</param>
public sealed record ApiCall(string Method, string Path, bool IsWatch)
{
    /// <summary>Whether it is to change something; a review is a question.</summary>
    public bool IsWrite => Method != "GET" && !Path.Contains("reviews", StringComparison.Ordinal);
}
