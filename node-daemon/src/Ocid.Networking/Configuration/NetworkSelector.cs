using Ocid.Networking.Plugins;
using Ocid.Primitives;

namespace Ocid.Networking.Configuration;

/// <summary>Chooses the default network: the lexicographically first valid file, as the kubelet's users know it.</summary>
internal sealed class NetworkSelector(string directory, string? wantedName, PluginPrograms programs)
{
    public NetworkSelection Select()
    {
        var passedOver = new List<string>();
        foreach (var path in Files())
        {
            try
            {
                var network = ConfigurationFile.Load(path);
                if (wantedName is not null && network.Name != wantedName)
                    continue;
                foreach (var plugin in network.Plugins)
                    programs.Find(plugin.Type);
                return new NetworkSelection(network, $"network {network.Name} from {Path.GetFileName(path)}{Suffix(passedOver)}");
            }
            catch (Exception e) when (e is OcidException or IOException or UnauthorizedAccessException)
            {
                passedOver.Add($"{Path.GetFileName(path)}: {e.Message}");
            }
        }

        var wanted = wantedName is null ? "a network configuration" : $"a configuration of network {wantedName}";
        return new NetworkSelection(null, $"waiting for {wanted} in {directory}{Suffix(passedOver)}");
    }

    private static string Suffix(List<string> passedOver) =>
        passedOver.Count == 0 ? "" : $" (passed over: {string.Join("; ", passedOver)})";

    private string[] Files()
    {
        try
        {
            var files = Directory.GetFiles(directory).Where(ConfigurationFile.IsConfiguration).ToArray();
            Array.Sort(files, string.CompareOrdinal);
            return files;
        }
        catch (DirectoryNotFoundException)
        {
            return [];
        }
    }
}
