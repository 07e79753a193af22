namespace Ocid.Cri.Tests.Serving;

/// <summary>A call whose answer the test writes.</summary>
internal sealed class AnsweredBy<TRequest, TResponse>(Func<TRequest, CancellationToken, Task<TResponse>> answer) : ICall<TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    public Task<TResponse> HandleAsync(TRequest request, CancellationToken ct) => answer(request, ct);
}
