using Ocid.Primitives;

namespace Ocid.Images.Verification;

/// <summary>What was found out about an image.</summary>
/// <param name="Id">Which.</param>
/// <param name="Names">Its names.</param>
/// <param name="Containers">The ids of the containers that use it.</param>
/// <param name="Findings">Everything that was looked at, at least one of each check.</param>
public sealed record VerifiedImage(ImageId Id, IReadOnlyList<string> Names, IReadOnlyList<ContainerId> Containers, IReadOnlyList<ImageFinding> Findings)
{
    /// <summary>Whether nothing differs, and nothing that was asked for could not be found out.</summary>
    public bool IsSound => Findings.All(finding => finding.Result is CheckResult.Passed or CheckResult.Skipped);
}
