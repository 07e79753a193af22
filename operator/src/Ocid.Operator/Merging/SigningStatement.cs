namespace Ocid.Operator.Merging;

/// <summary>What one RuntimeConfig asks of the images of one scope.</summary>
/// <param name="From">The RuntimeConfig.</param>
/// <param name="Requirement">What it asks.</param>
/// <param name="IsForNamespace">Whether it asks it of one Kubernetes namespace's pods by name.</param>
internal sealed record SigningStatement(Layer From, SigningRequirement Requirement, bool IsForNamespace)
{
    public bool IsEnforced => From.Signing!.IsEnforced;
}
