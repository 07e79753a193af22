using System.Net;

namespace Ocid.Cluster.Api;

/// <summary>What the API server answers when it refuses, and what ends a watch.</summary>
/// <remarks>https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/status/</remarks>
internal sealed record ApiStatus
{
    public string? Message { get; init; }

    public string? Reason { get; init; }

    public int Code { get; init; }

    public static ApiFailure FailureOf(HttpStatusCode code, string? reason) => code switch
    {
        HttpStatusCode.NotFound => ApiFailure.NotFound,
        HttpStatusCode.Conflict => reason == "AlreadyExists" ? ApiFailure.AlreadyExists : ApiFailure.Conflict,
        HttpStatusCode.Gone => ApiFailure.Gone,
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ApiFailure.Forbidden,
        HttpStatusCode.TooManyRequests => ApiFailure.TooMany,
        >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => ApiFailure.Invalid,
        _ => ApiFailure.Unavailable,
    };
}
