namespace Ocid.Networking.Plugins;

/// <summary>The parameters that a plugin gets in its environment.</summary>
internal sealed record PluginCall(string ContainerId, string NetworkNamespace, string InterfaceName, string Arguments);
