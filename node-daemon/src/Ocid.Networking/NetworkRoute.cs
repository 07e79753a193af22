namespace Ocid.Networking;

/// <summary>A route of the pod.</summary>
/// <param name="Destination">CIDR.</param>
/// <param name="Gateway">Next hop; null: the interface's gateway.</param>
public sealed record NetworkRoute(string Destination, string? Gateway);
