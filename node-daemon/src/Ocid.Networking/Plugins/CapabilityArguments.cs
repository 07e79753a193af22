using System.Text.Json;

namespace Ocid.Networking.Plugins;

// https://www.cni.dev/docs/conventions/#dynamic-plugin-specific-fields-capabilities--runtime-configuration
internal static class CapabilityArguments
{
    public static Dictionary<string, JsonElement> Of(PodNetworkRequest request)
    {
        var arguments = new Dictionary<string, JsonElement>();
        var json = NetworkJson.Default;
        var ports = request.PortMappings.Where(one => one.HostPort > 0).ToList();
        if (ports.Count > 0)
            arguments["portMappings"] = JsonSerializer.SerializeToElement(ports, json.ListPortMapping);
        if (request.Bandwidth is { } bandwidth)
            arguments["bandwidth"] = JsonSerializer.SerializeToElement(bandwidth, json.PodBandwidth);
        if (request.Dns is { } dns)
            arguments["dns"] = JsonSerializer.SerializeToElement(dns, json.PodDns);
        if (request.Ips.Count > 0)
            arguments["ips"] = JsonSerializer.SerializeToElement([.. request.Ips], json.ListString);
        if (request.Mac is { } mac)
            arguments["mac"] = JsonSerializer.SerializeToElement(mac, json.String);
        if (request.CgroupPath is { } cgroup)
            arguments["cgroupPath"] = JsonSerializer.SerializeToElement(cgroup, json.String);
        if (request.Annotations.Count > 0)
            arguments["io.kubernetes.cri.pod-annotations"] = JsonSerializer.SerializeToElement(request.Annotations.ToDictionary(), json.DictionaryStringString);
        return arguments;
    }
}
