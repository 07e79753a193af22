using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ocid.Cri.Containers;

/// <summary>What the shared store's container record says about ours, for people who look with other tools. Nothing reads it back.</summary>
internal sealed partial record StoreMetadata(
    [property: JsonPropertyName("pod-sandbox-id")] string PodSandboxId,
    [property: JsonPropertyName("container-name")] string ContainerName,
    [property: JsonPropertyName("attempt")] uint Attempt)
{
    public static string Of(ContainerName name) =>
        JsonSerializer.Serialize(new StoreMetadata(name.PodSandboxId, name.Name, name.Attempt), Json.Default.StoreMetadata);

    [JsonSerializable(typeof(StoreMetadata))]
    private sealed partial class Json : JsonSerializerContext;
}
