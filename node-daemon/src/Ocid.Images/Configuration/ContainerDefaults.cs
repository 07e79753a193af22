using System.Text.Json.Serialization;

namespace Ocid.Images.Configuration;

/// <summary>How the containers of an image run unless they are told otherwise.</summary>
public sealed record ContainerDefaults
{
    // Source-generated deserialisation assigns null to what the text lacks, hence the ?? in each property; this must be made before Empty.
    private static readonly IReadOnlyDictionary<string, string> NoLabels = new Dictionary<string, string>();

    internal static ContainerDefaults Empty { get; } = new();

    /// <summary>User or id, and after a colon group or id; empty is root.</summary>
    [JsonPropertyName("User")]
    public string User { get; init => field = value ?? ""; } = "";

    /// <summary><c>NAME=value</c> each.</summary>
    [JsonPropertyName("Env")]
    public IReadOnlyList<string> Environment { get; init => field = value ?? []; } = [];

    /// <summary>The program with its first arguments.</summary>
    [JsonPropertyName("Entrypoint")]
    public IReadOnlyList<string> Entrypoint { get; init => field = value ?? []; } = [];

    /// <summary>The arguments after the entry point, or the program where there is none.</summary>
    [JsonPropertyName("Cmd")]
    public IReadOnlyList<string> Command { get; init => field = value ?? []; } = [];

    /// <summary>The working directory; empty is <c>/</c>.</summary>
    [JsonPropertyName("WorkingDir")]
    public string WorkingDirectory { get; init => field = value ?? ""; } = "";

    /// <summary>The signal that stops the container, by name or number; empty is SIGTERM.</summary>
    [JsonPropertyName("StopSignal")]
    public string StopSignal { get; init => field = value ?? ""; } = "";

    /// <summary>Labels of the image.</summary>
    [JsonPropertyName("Labels")]
    public IReadOnlyDictionary<string, string> Labels { get; init => field = value ?? NoLabels; } = NoLabels;

    /// <summary>Paths inside that hold data of the container's own. They come from the image: resolve them inside its root file system only.</summary>
    [JsonPropertyName("Volumes")]
    [JsonConverter(typeof(KeysConverter))]
    public IReadOnlyList<string> Volumes { get; init => field = value ?? []; } = [];

    /// <summary>Ports that its programs listen on, <c>80/tcp</c>.</summary>
    [JsonPropertyName("ExposedPorts")]
    [JsonConverter(typeof(KeysConverter))]
    public IReadOnlyList<string> ExposedPorts { get; init => field = value ?? []; } = [];
}
