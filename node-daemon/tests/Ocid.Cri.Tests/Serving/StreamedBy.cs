namespace Ocid.Cri.Tests.Serving;

/// <summary>A call whose stream the test writes.</summary>
internal sealed class StreamedBy<TRequest, TResponse>(Func<TRequest, CancellationToken, IAsyncEnumerable<TResponse>> answer)
    : IStreamCall<TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    public IAsyncEnumerable<TResponse> HandleAsync(TRequest request, CancellationToken ct) => answer(request, ct);
}
