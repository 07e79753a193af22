using Grpc.Core;

namespace Ocid.Cri;

/// <summary>
/// The CRI calls that this daemon answers, found by the type of their request, which no two calls share. A call that is not
/// here is answered with Unimplemented. Filled once, before the server starts.
/// </summary>
public sealed class CriCalls
{
    private readonly Dictionary<Type, object> _calls = [];

    /// <summary>Adds a call that answers once.</summary>
    internal CriCalls Add<TRequest, TResponse>(ICall<TRequest, TResponse> call)
        where TRequest : class
        where TResponse : class
    {
        _calls.Add(typeof(TRequest), call);
        return this;
    }

    /// <summary>Adds a call that answers with a stream.</summary>
    internal CriCalls Add<TRequest, TResponse>(IStreamCall<TRequest, TResponse> call)
        where TRequest : class
        where TResponse : class
    {
        _calls.Add(typeof(TRequest), call);
        return this;
    }

    internal Task<TResponse> AnswerAsync<TRequest, TResponse>(TRequest request, ServerCallContext context)
        where TRequest : class
        where TResponse : class =>
        Find<ICall<TRequest, TResponse>>(typeof(TRequest)).HandleAsync(request, context.CancellationToken);

    internal async Task StreamAsync<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext context)
        where TRequest : class
        where TResponse : class
    {
        var ct = context.CancellationToken;
        await foreach (var response in Find<IStreamCall<TRequest, TResponse>>(typeof(TRequest)).HandleAsync(request, ct).WithCancellation(ct))
            await responses.WriteAsync(response, ct);
    }

    private TCall Find<TCall>(Type request)
        where TCall : class =>
        _calls.GetValueOrDefault(request) as TCall ?? throw new RpcException(new Status(StatusCode.Unimplemented, ""));
}
