namespace Ocid.Cluster.Api;

/// <summary>The body of a delete.</summary>
internal sealed record DeleteOptions
{
    public string ApiVersion { get; } = "v1";

    public string Kind { get; } = "DeleteOptions";

    public Preconditions? Preconditions { get; init; }
}
