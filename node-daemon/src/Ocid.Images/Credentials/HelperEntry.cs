using System.Text.Json.Serialization;

namespace Ocid.Images.Credentials;

/// <summary>What a credential helper is to keep.</summary>
internal sealed record HelperEntry
{
    [JsonPropertyName("ServerURL")]
    public required string ServerUrl { get; init; }

    public required string Username { get; init; }

    public required string Secret { get; init; }

    /// <summary>No secret gets into a log through here.</summary>
    public override string ToString() => nameof(HelperEntry);
}
