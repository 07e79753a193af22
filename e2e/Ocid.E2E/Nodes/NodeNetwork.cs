using System.Security.Cryptography;
using Ocid.Testing;

namespace Ocid.E2E.Nodes;

/// <summary>A bridge network of the test node's own: CNI configuration, and removal of the bridge, which no plugin does.</summary>
public sealed class NodeNetwork
{
    private readonly string addresses;

    public NodeNetwork(string suffix, string addresses)
    {
        this.addresses = addresses;
        Name = $"ocid-{suffix}";
        Bridge = $"ocid{suffix}";
        Subnet = $"10.{RandomNumberGenerator.GetInt32(200, 250)}.{RandomNumberGenerator.GetInt32(0, 255)}";
    }

    public string Name { get; }

    public string Bridge { get; }

    /// <summary>The first three bytes of every address.</summary>
    public string Subnet { get; }

    /// <summary>The conflist, with port mappings where the test wants them: the portmap plugin leaves chains of its own for good.</summary>
    public string Configuration(bool portMappings) => $$"""
        {
          "cniVersion": "1.0.0",
          "name": "{{Name}}",
          "plugins": [
            {
              "type": "bridge",
              "bridge": "{{Bridge}}",
              "isGateway": true,
              "ipMasq": true,
              "ipam": {
                "type": "host-local",
                "dataDir": "{{addresses}}",
                "ranges": [[{ "subnet": "{{Subnet}}.0/24" }]],
                "routes": [{ "dst": "0.0.0.0/0" }]
              }
            }{{(portMappings ? ",\n    { \"type\": \"portmap\", \"capabilities\": { \"portMappings\": true } }" : "")}}
          ]
        }

        """;

    /// <summary>The addresses that host-local holds for pods.</summary>
    public IReadOnlyList<string> ReservedAddresses()
    {
        var folder = Path.Combine(addresses, Name);
        return Directory.Exists(folder)
            ? [.. Directory.EnumerateFiles(folder).Select(Path.GetFileName).OfType<string>().Where(name => name.StartsWith(Subnet, StringComparison.Ordinal))]
            : [];
    }

    /// <summary>The host's ends of the pods' interfaces.</summary>
    public IReadOnlyList<string> AttachedLinks()
    {
        var folder = $"/sys/class/net/{Bridge}/brif";
        return Directory.Exists(folder) ? [.. Directory.EnumerateFileSystemEntries(folder).Select(Path.GetFileName).OfType<string>()] : [];
    }

    public async Task RemoveBridgeAsync()
    {
        if (Directory.Exists($"/sys/class/net/{Bridge}"))
            await Tool.RunAsync("ip", "link", "delete", Bridge);
    }

    /// <summary>Takes away the rules that the plugins made for pods of this network and were not asked to take away.</summary>
    public async Task RemoveRulesAsync()
    {
        string Target(string rule) => rule.Split(" -j ")[^1].Trim();
        var all = (await Tool.RunAsync("iptables-save", "-t", "nat")).Split('\n');
        var jumps = all.Where(rule => rule.StartsWith("-A ", StringComparison.Ordinal) && rule.Contains($"\"{Name}\\\"", StringComparison.Ordinal) && Target(rule).StartsWith("CNI-", StringComparison.Ordinal)).ToList();
        if (jumps.Count == 0)
            return;
        var chains = jumps.Select(Target).Distinct().ToList();
        string[] changes = ["*nat", .. jumps.Select(rule => "-D" + rule[2..]), .. chains.Select(chain => $"-F {chain}"), .. chains.Select(chain => $"-X {chain}"), "COMMIT"];
        await Tool.RunAsync("sh", ["-c", "printf '%s\\n' \"$@\" | iptables-restore --noflush", "sh", .. changes]);
    }
}
