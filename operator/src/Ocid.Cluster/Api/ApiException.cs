using Ocid.Primitives;

namespace Ocid.Cluster.Api;

/// <summary>The API server did not do what it was asked.</summary>
/// <param name="failure">Why.</param>
/// <param name="message">The request, and what the server says about it.</param>
/// <param name="retryAfter">After how long it wants to be asked again.</param>
/// <param name="inner">The cause, where there is one.</param>
public sealed class ApiException(ApiFailure failure, string message, TimeSpan? retryAfter = null, Exception? inner = null) : OcidException(KindOf(failure), message, inner)
{
    /// <summary>Why.</summary>
    public ApiFailure Failure { get; } = failure;

    /// <summary>After how long the server wants to be asked again; null where it does not say.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;

    private static ErrorKind KindOf(ApiFailure failure) => failure switch
    {
        ApiFailure.NotFound => ErrorKind.NotFound,
        ApiFailure.AlreadyExists => ErrorKind.AlreadyExists,
        ApiFailure.Conflict or ApiFailure.Gone => ErrorKind.Aborted,
        ApiFailure.Forbidden => ErrorKind.PermissionDenied,
        ApiFailure.Invalid => ErrorKind.InvalidArgument,
        ApiFailure.TooMany => ErrorKind.ResourceExhausted,
        _ => ErrorKind.Unavailable,
    };
}
