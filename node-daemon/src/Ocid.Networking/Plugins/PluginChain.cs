using System.Text.Json;
using Ocid.Networking.Configuration;
using Ocid.Primitives;

namespace Ocid.Networking.Plugins;

/// <summary>The plugins of a network, one after the other (specification, section 3).</summary>
internal sealed class PluginChain(PluginRun run)
{
    /// <returns>The last plugin's result.</returns>
    public async Task<JsonElement> AddAsync(
        NetworkConfiguration network, PluginCall call, IReadOnlyDictionary<string, JsonElement> arguments, CancellationToken ct)
    {
        JsonElement? result = null;
        foreach (var plugin in network.Plugins)
        {
            var output = await run.RunAsync("ADD", plugin.Type, PluginInput.Write(network, plugin, arguments, result), call, ct);
            result = Result(plugin, output);
        }

        return result!.Value;
    }

    /// <summary>In reverse; stops at the first failure, since plugins further up the chain may be needed by those below.</summary>
    public async Task DelAsync(
        NetworkConfiguration network, PluginCall call, IReadOnlyDictionary<string, JsonElement> arguments, JsonElement? result, CancellationToken ct)
    {
        var previous = network.Version.DelTakesResult ? result : null;
        foreach (var plugin in network.Plugins.Reverse())
            await run.RunAsync("DEL", plugin.Type, PluginInput.Write(network, plugin, arguments, previous), call, ct);
    }

    public async Task StatusAsync(NetworkConfiguration network, CancellationToken ct)
    {
        if (!network.Version.HasStatus)
            return;
        foreach (var plugin in network.Plugins)
            await run.RunAsync("STATUS", plugin.Type, PluginInput.Write(network, plugin, NoArguments, null), null, ct);
    }

    private static readonly Dictionary<string, JsonElement> NoArguments = [];

    private static JsonElement Result(PluginConfiguration plugin, byte[] output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            // Reported below, the same as a result of another form.
        }

        throw new OcidException(ErrorKind.Internal, $"plugin {plugin.Type} ADD: its result is not a JSON object: {Quoted.Text(System.Text.Encoding.UTF8.GetString(output))}");
    }
}
