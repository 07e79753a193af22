namespace Ocid.Networking.Configuration;

/// <summary>A network as a file describes it: a chain of plugins.</summary>
/// <param name="Name">The network.</param>
/// <param name="Version">The CNI version of everything said to its plugins.</param>
/// <param name="Plugins">In the order of ADD.</param>
/// <param name="Source">The file's bytes, kept with each attachment.</param>
internal sealed record NetworkConfiguration(string Name, CniVersion Version, IReadOnlyList<PluginConfiguration> Plugins, byte[] Source);
