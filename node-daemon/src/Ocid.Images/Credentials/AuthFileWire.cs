using System.Text.Json.Serialization;

namespace Ocid.Images.Credentials;

/// <summary>An auth.json, or Docker's config.json.</summary>
/// <remarks>https://github.com/containers/container-libs/blob/main/image/docs/containers-auth.json.5.md</remarks>
internal sealed record AuthFileWire
{
    [JsonPropertyName("auths")]
    public Dictionary<string, Entry>? Auths { get; init; }

    /// <summary>The helper of each host.</summary>
    [JsonPropertyName("credHelpers")]
    public Dictionary<string, string>? CredentialHelpers { get; init; }

    /// <summary>Docker's helper of all hosts that have no other.</summary>
    [JsonPropertyName("credsStore")]
    public string? CredentialStore { get; init; }

    internal sealed record Entry
    {
        /// <summary>Base64 of <c>user:password</c>.</summary>
        [JsonPropertyName("auth")]
        public string? Auth { get; init; }

        [JsonPropertyName("identitytoken")]
        public string? IdentityToken { get; init; }

        [JsonPropertyName("registrytoken")]
        public string? RegistryToken { get; init; }

        /// <summary>No secret gets into a log through here.</summary>
        public override string ToString() => nameof(Entry);
    }
}
