using System.Buffers;
using System.Text.Json;
using Ocid.Networking.Configuration;

namespace Ocid.Networking.Plugins;

/// <summary>What a plugin reads: its own object with the network's name and version, the arguments it asked for, the result so far.</summary>
internal static class PluginInput
{
    public static byte[] Write(
        NetworkConfiguration network, PluginConfiguration plugin, IReadOnlyDictionary<string, JsonElement> capabilityArguments, JsonElement? previous)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString("cniVersion", network.Version.Text);
            json.WriteString("name", network.Name);
            foreach (var property in plugin.Body.EnumerateObject())
            {
                if (property.Name is not ("cniVersion" or "cniVersions" or "name" or "runtimeConfig" or "prevResult"))
                    property.WriteTo(json);
            }

            WriteRuntimeConfig(json, plugin, capabilityArguments);
            if (previous is { } result)
            {
                json.WritePropertyName("prevResult");
                result.WriteTo(json);
            }

            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    private static void WriteRuntimeConfig(Utf8JsonWriter json, PluginConfiguration plugin, IReadOnlyDictionary<string, JsonElement> arguments)
    {
        var wanted = arguments.Where(one => plugin.Capabilities.Contains(one.Key)).ToList();
        if (wanted.Count == 0)
            return;
        json.WriteStartObject("runtimeConfig");
        foreach (var (name, value) in wanted)
        {
            json.WritePropertyName(name);
            value.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
