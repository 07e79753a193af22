using System.Text.Json;
using System.Text.Json.Serialization;
using Ocid.Networking.Configuration;
using Ocid.Networking.Plugins;
using Ocid.Primitives;

namespace Ocid.Networking.Records;

/// <summary>All that a DEL needs, written before ADD begins: the configuration may change, the node may reboot.</summary>
internal sealed record AttachmentRecord
{
    public const int CurrentVersion = 1;

    [JsonPropertyName("version")]
    public int Version { get; init; } = CurrentVersion;

    [JsonPropertyName("sandboxId")]
    public required string SandboxId { get; init; }

    [JsonPropertyName("podNamespace")]
    public required string PodNamespace { get; init; }

    [JsonPropertyName("podName")]
    public required string PodName { get; init; }

    [JsonPropertyName("networkNamespace")]
    public required string NetworkNamespace { get; init; }

    [JsonPropertyName("interfaceName")]
    public required string InterfaceName { get; init; }

    [JsonPropertyName("arguments")]
    public required string Arguments { get; init; }

    [JsonPropertyName("capabilityArguments")]
    public required Dictionary<string, JsonElement> CapabilityArguments { get; init; }

    /// <summary>The configuration file's bytes at the time of ADD.</summary>
    [JsonPropertyName("configuration")]
    public required byte[] Configuration { get; init; }

    /// <summary>The last plugin's result; null: ADD has not ended.</summary>
    [JsonPropertyName("result")]
    public JsonElement? Result { get; init; }

    /// <summary>A DEL is due.</summary>
    [JsonPropertyName("detaching")]
    public bool Detaching { get; init; }

    public static AttachmentRecord Of(PodNetworkRequest request, NetworkConfiguration network) => new()
    {
        SandboxId = request.Id.Value,
        PodNamespace = request.Namespace,
        PodName = request.Name,
        NetworkNamespace = request.NetworkNamespacePath,
        InterfaceName = request.InterfaceName,
        Arguments = PodArguments.Of(request),
        CapabilityArguments = Plugins.CapabilityArguments.Of(request),
        Configuration = network.Source,
    };

    public PluginCall Call(string networkNamespace) => new(SandboxId, networkNamespace, InterfaceName, Arguments);

    public CachedAttachment Describe() => new(PodSandboxId.Parse(SandboxId), PodNamespace, PodName, NetworkNamespace, Detaching);

    public NetworkAttachment? Attachment() =>
        Result is { } result && !Detaching
            ? PluginResult.Read(PodSandboxId.Parse(SandboxId), ConfigurationFile.Parse(Configuration).Name, result)
            : null;
}
