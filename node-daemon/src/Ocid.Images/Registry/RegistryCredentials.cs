namespace Ocid.Images.Registry;

/// <summary>What a caller proves itself to a registry with. They go to the registry of the reference, or to the token server that it names, and to no other host.</summary>
public sealed record RegistryCredentials
{
    /// <summary>The user's name; empty with an identity token.</summary>
    public string Username { get; init; } = "";

    /// <summary>The password.</summary>
    public string Password { get; init; } = "";

    /// <summary>An OAuth2 refresh token that the token server takes instead of name and password.</summary>
    public string? IdentityToken { get; init; }

    /// <summary>A bearer token that the registry itself takes, without a token server.</summary>
    public string? RegistryToken { get; init; }

    /// <summary>The host, or the address with it, that they are for; null: that of the image that they were given with.</summary>
    public string? Server { get; init; }

    /// <summary>No secret gets into a log through here.</summary>
    public override string ToString() => nameof(RegistryCredentials);
}
