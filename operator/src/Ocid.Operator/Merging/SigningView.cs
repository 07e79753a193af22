namespace Ocid.Operator.Merging;

/// <summary>The signature policy of a node, or of one Kubernetes namespace there.</summary>
/// <param name="Namespace">The namespace; empty is the node.</param>
/// <param name="Default">What holds where no scope speaks of an image.</param>
/// <param name="Scopes">What holds below each scope.</param>
internal sealed record SigningView(string Namespace, SigningRule Default, IReadOnlyDictionary<string, SigningRule> Scopes)
{
    /// <summary>What holds for the images of a scope: its own rule, or that of the nearest scope around it.</summary>
    public SigningRule RuleFor(string scope) => ImageScopes.From(scope).Select(Scopes.GetValueOrDefault).OfType<SigningRule>().FirstOrDefault(Default);
}
