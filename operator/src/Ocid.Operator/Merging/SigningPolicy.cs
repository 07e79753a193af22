namespace Ocid.Operator.Merging;

/// <summary>What is asked of some images.</summary>
/// <param name="Name">What the RuntimeConfig calls it.</param>
/// <param name="Scopes">The images: a host, a repository, a part of its path, a reference, or <c>*.example.com</c>.</param>
/// <param name="Requirement">What is asked of them.</param>
/// <param name="Namespaces">The Kubernetes namespaces whose pods it holds for; none is the whole node.</param>
internal sealed record SigningPolicy(string Name, IReadOnlyList<string> Scopes, SigningRequirement Requirement, IReadOnlyList<string> Namespaces);
