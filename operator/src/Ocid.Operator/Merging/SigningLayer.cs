namespace Ocid.Operator.Merging;

/// <summary>What one RuntimeConfig says about signatures.</summary>
/// <param name="Default">What holds for images that no policy speaks of; null leaves it open.</param>
/// <param name="IsEnforced">Whether a lower priority may only add requirements.</param>
/// <param name="Policies">Its policies.</param>
internal sealed record SigningLayer(SigningRequirement? Default, bool IsEnforced, IReadOnlyList<SigningPolicy> Policies);
