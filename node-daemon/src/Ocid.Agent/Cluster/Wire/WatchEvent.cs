namespace Ocid.Agent.Cluster.Wire;

/// <summary>A line of a watch. Of an ERROR the object is a status, of which nothing is needed.</summary>
internal sealed record WatchEvent
{
    public string Type { get; init; } = "";

    public RuntimeNodeObject Object { get; init; } = new();
}
