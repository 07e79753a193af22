using System.Net;
using System.Text.Json;
using Ocid.Primitives;

namespace Ocid.Networking.Plugins;

/// <summary>Reads results of versions 0.3.0 to 1.1.0, which differ in members that we do not need.</summary>
internal static class PluginResult
{
    public static NetworkAttachment Read(PodSandboxId id, string network, JsonElement result)
    {
        var dns = result.TryGetProperty("dns", out var value) && value.ValueKind == JsonValueKind.Object ? value : default;
        return new NetworkAttachment(
            id,
            network,
            PrimaryFirst([.. Items(result, "ips").Select(Address)]),
            [.. Items(result, "interfaces").Select(one => new NetworkInterface(Text(one, "name") ?? "", Text(one, "mac"), Text(one, "sandbox")))],
            [.. Items(result, "routes").Select(one => new NetworkRoute(Text(one, "dst") ?? "", Text(one, "gw")))],
            new NetworkDns(Texts(dns, "nameservers"), Text(dns, "domain"), Texts(dns, "search"), Texts(dns, "options")),
            result.GetRawText());
    }

    // One address a family is what Kubernetes reports; further ones keep their order behind.
    private static List<IPAddress> PrimaryFirst(List<IPAddress> addresses)
    {
        var other = addresses.Count == 0 ? null : addresses.FirstOrDefault(one => one.AddressFamily != addresses[0].AddressFamily);
        return other is null ? addresses : [addresses[0], other, .. addresses.Skip(1).Where(one => !ReferenceEquals(one, other))];
    }

    private static IPAddress Address(JsonElement ip)
    {
        var text = Text(ip, "address") ?? "";
        return IPAddress.TryParse(text.Split('/')[0], out var address)
            ? address
            : throw new OcidException(ErrorKind.Internal, $"network result: {Quoted.Text(text)} is no address");
    }

    private static IEnumerable<JsonElement> Items(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.Object)
            : [];

    private static List<string> Texts(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var list) && list.ValueKind == JsonValueKind.Array
            ? [.. list.EnumerateArray().Where(one => one.ValueKind == JsonValueKind.String).Select(one => one.GetString()!)]
            : [];

    private static string? Text(JsonElement owner, string name) =>
        owner.ValueKind == JsonValueKind.Object && owner.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
