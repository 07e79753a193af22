namespace Ocid.Images.Credentials;

/// <summary>What a credential helper prints.</summary>
internal sealed record HelperAnswer
{
    public string? Username { get; init; }

    public string? Secret { get; init; }

    /// <summary>No secret gets into a log through here.</summary>
    public override string ToString() => nameof(HelperAnswer);
}
