namespace Ocid.Agent.Cluster.Wire;

/// <summary>Whether somebody may do something.</summary>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/authorization-resources/subject-access-review-v1/</remarks>
internal sealed record AccessReview
{
    public string ApiVersion { get; init; } = "authorization.k8s.io/v1";

    public string Kind { get; init; } = "SubjectAccessReview";

    public AccessReviewSpec Spec { get; init; } = new();

    public AccessReviewStatus? Status { get; init; }

    internal sealed record AccessReviewSpec
    {
        public string? User { get; init; }

        public string? Uid { get; init; }

        public IReadOnlyList<string>? Groups { get; init; }

        public PathAccess? NonResourceAttributes { get; init; }
    }

    internal sealed record PathAccess(string Path, string Verb);

    internal sealed record AccessReviewStatus
    {
        public bool Allowed { get; init; }
    }
}
