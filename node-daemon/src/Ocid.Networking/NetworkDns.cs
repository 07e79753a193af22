namespace Ocid.Networking;

/// <summary>Resolver settings that plugins ask for.</summary>
/// <param name="Servers">Name servers.</param>
/// <param name="Domain">The local domain.</param>
/// <param name="Searches">Search domains.</param>
/// <param name="Options">Options.</param>
public sealed record NetworkDns(IReadOnlyList<string> Servers, string? Domain, IReadOnlyList<string> Searches, IReadOnlyList<string> Options);
