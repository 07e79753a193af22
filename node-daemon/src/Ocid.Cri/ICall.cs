namespace Ocid.Cri;

/// <summary>One CRI call that answers once. Failures are <see cref="Primitives.OcidException"/>; the host maps them to gRPC.</summary>
internal interface ICall<in TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    /// <summary>Answers one request.</summary>
    /// <param name="request">The request as it came; fields may be absent.</param>
    /// <param name="ct">Cancelled when the caller goes away, its deadline passes, or the server stops.</param>
    Task<TResponse> HandleAsync(TRequest request, CancellationToken ct);
}
