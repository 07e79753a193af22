using Ocid.Primitives;

namespace Ocid.Images.Policy;

/// <summary>A policy.json, of which images from registries are the concern: the scopes of other transports are checked and set aside.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-policy.json.5.md</remarks>
internal sealed record PolicyDocument(IReadOnlyList<Requirement> Default, IReadOnlyDictionary<string, IReadOnlyList<Requirement>> Registries)
{
    /// <summary>The scope for what no scope names.</summary>
    public const string DefaultScope = "default";

    /// <summary>Accepts every image.</summary>
    public static PolicyDocument AcceptAll { get; } = new([new Requirement.AcceptAnything()], new Dictionary<string, IReadOnlyList<Requirement>>());

    /// <summary>The most specific scope that the reference is in, and what it requires.</summary>
    /// <param name="reference">With a tag or a digest, not both.</param>
    public (string Scope, IReadOnlyList<Requirement> Requirements) Of(ImageReference reference)
    {
        foreach (var scope in ReferenceScopes.Of(reference).Append(""))
        {
            if (Registries.TryGetValue(scope, out var requirements))
                return ($"docker:{scope}", requirements);
        }

        return (DefaultScope, Default);
    }
}
