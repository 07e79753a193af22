using System.Text.Json.Serialization;

namespace Ocid.Images.Manifests;

/// <summary>What is read of a schema 1 manifest's history entry; the newest one is the image's configuration besides.</summary>
internal sealed record Schema1Step
{
    public string? Id { get; init; }

    public string? Parent { get; init; }

    public string? Comment { get; init; }

    public string? Created { get; init; }

    public string? Author { get; init; }

    [JsonPropertyName("container_config")]
    public Container? ContainerConfig { get; init; }

    /// <summary>Whether it left no files: the layer is empty.</summary>
    [JsonPropertyName("throwaway")]
    public bool? ThrowAway { get; init; }

    internal sealed record Container
    {
        [JsonPropertyName("Cmd")]
        public IReadOnlyList<string>? Command { get; init; }
    }
}
