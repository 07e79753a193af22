namespace Ocid.Agent.Cluster.Wire;

/// <summary>Whose token it is.</summary>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/authentication-resources/token-review-v1/</remarks>
internal sealed record TokenReview
{
    public string ApiVersion { get; init; } = "authentication.k8s.io/v1";

    public string Kind { get; init; } = "TokenReview";

    public TokenReviewSpec Spec { get; init; } = new();

    public TokenReviewStatus? Status { get; init; }

    internal sealed record TokenReviewSpec
    {
        public string Token { get; init; } = "";
    }

    internal sealed record TokenReviewStatus
    {
        public bool Authenticated { get; init; }

        public TokenUser? User { get; init; }
    }

    internal sealed record TokenUser
    {
        public string? Username { get; init; }

        public string? Uid { get; init; }

        public IReadOnlyList<string>? Groups { get; init; }
    }
}
