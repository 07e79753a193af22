namespace Ocid.Cri;

/// <summary>One CRI call that answers with a stream of messages, which ends when the enumeration does.</summary>
internal interface IStreamCall<in TRequest, out TResponse>
    where TRequest : class
    where TResponse : class
{
    /// <summary>Answers one request. The caller of this method enumerates with the same token.</summary>
    IAsyncEnumerable<TResponse> HandleAsync(TRequest request, CancellationToken ct);
}
