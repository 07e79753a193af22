namespace Ocid.Operator.Merging;

/// <summary>What an image has to meet: all of it.</summary>
/// <param name="Requirements">The requirements.</param>
/// <param name="From">Who asks for them, the strongest first.</param>
internal sealed record SigningRule(IReadOnlyList<SigningRequirement> Requirements, IReadOnlyList<Layer> From)
{
    /// <summary>Whether nothing meets it.</summary>
    public bool RejectsEverything => Requirements.Any(requirement => requirement is SigningRequirement.Reject);
}
