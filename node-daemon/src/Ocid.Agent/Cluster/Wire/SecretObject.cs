namespace Ocid.Agent.Cluster.Wire;

/// <summary>A Secret.</summary>
internal sealed record SecretObject
{
    public string Type { get; init; } = "";

    public IReadOnlyDictionary<string, byte[]>? Data { get; init; }
}
