using System.Text.Json;

namespace Ocid.Networking.Configuration;

/// <summary>One plugin of a chain.</summary>
/// <param name="Type">The program's name, never a path.</param>
/// <param name="Capabilities">Names of the runtime's arguments that it asks for.</param>
/// <param name="Body">The plugin's own object, as written.</param>
internal sealed record PluginConfiguration(string Type, IReadOnlySet<string> Capabilities, JsonElement Body);
