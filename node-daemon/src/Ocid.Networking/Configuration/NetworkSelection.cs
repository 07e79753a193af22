namespace Ocid.Networking.Configuration;

/// <summary>What a look at the configuration directory gave: the default network, or why there is none.</summary>
/// <param name="Network">The default network; null: none is usable.</param>
/// <param name="Reason">One sentence, naming every file that was passed over.</param>
internal sealed record NetworkSelection(NetworkConfiguration? Network, string Reason)
{
    public NetworkReadiness Readiness => new(Network is not null, Reason);
}
