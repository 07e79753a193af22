namespace Ocid.Networking;

/// <summary>An interface that a plugin made.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Mac">Its hardware address, if the plugin tells.</param>
/// <param name="Sandbox">The network namespace that holds it; empty: the host's.</param>
public sealed record NetworkInterface(string Name, string? Mac, string? Sandbox);
