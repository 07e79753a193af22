using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;
using Ocid.Cri.Metrics;

namespace Ocid.Cri.Serving;

/// <summary>Around every call: maps its failure to a status, logs one line about how it ended, and counts it.</summary>
internal sealed partial class CallOutcomes(CriMetrics metrics, TimeProvider time, ILogger<CallOutcomes> logger) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        var started = time.GetTimestamp();
        try
        {
            var response = await continuation(request, context);
            Succeeded(request, context, started);
            return response;
        }
        catch (Exception failure) // translated: a status is all that leaves the server
        {
            throw Failed(failure, request, context, started);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request,
        IServerStreamWriter<TResponse> responseStream,
        ServerCallContext context,
        ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        var started = time.GetTimestamp();
        try
        {
            await continuation(request, responseStream, context);
            Succeeded(request, context, started);
        }
        catch (Exception failure) // translated: a status is all that leaves the server
        {
            throw Failed(failure, request, context, started);
        }
    }

    private void Succeeded(object request, ServerCallContext context, long started)
    {
        var operation = OperationOf(context);
        var elapsed = time.GetElapsedTime(started);
        metrics.OperationSucceeded(operation, elapsed);
        var level = IsPolled(operation) ? LogLevel.Debug : LogLevel.Information;
        if (!logger.IsEnabled(level))
            return;

        var subject = CallSubject.Of(request);
        LogSuccess(level, operation, subject, elapsed.TotalMilliseconds);
    }

    private RpcException Failed(Exception failure, object request, ServerCallContext context, long started)
    {
        var operation = OperationOf(context);
        var elapsed = time.GetElapsedTime(started);
        var status = FailureStatus.Of(failure, context, time.GetUtcNow());
        metrics.OperationFailed(operation, elapsed);
        var subject = CallSubject.Of(request);
        if (status.StatusCode == StatusCode.Internal)
            LogUnexpected(failure, operation, subject, elapsed.TotalMilliseconds);
        else
            LogFailure(operation, subject, elapsed.TotalMilliseconds, status.StatusCode, status.Detail);

        return failure as RpcException ?? new RpcException(status);
    }

    // "/runtime.v1.RuntimeService/Version"
    private static string OperationOf(ServerCallContext context) => context.Method[(context.Method.LastIndexOf('/') + 1)..];

    /// <summary>What the kubelet asks for all the time, so that its successes would bury everything else.</summary>
    private static bool IsPolled(string operation) =>
        operation.StartsWith("List", StringComparison.Ordinal)
        || operation.StartsWith("Stream", StringComparison.Ordinal)
        || operation.EndsWith("Status", StringComparison.Ordinal)
        || operation.EndsWith("Stats", StringComparison.Ordinal)
        || operation is "Version" or "ImageFsInfo" or "RuntimeConfig";

    [LoggerMessage(EventId = 1, Message = "{Operation} {Subject} done in {Milliseconds:F1} ms")]
    private partial void LogSuccess(LogLevel level, string operation, string? subject, double milliseconds);

    [LoggerMessage(2, LogLevel.Information, "{Operation} {Subject} failed after {Milliseconds:F1} ms: {Code}: {Detail}")]
    private partial void LogFailure(string operation, string? subject, double milliseconds, StatusCode code, string detail);

    [LoggerMessage(3, LogLevel.Error, "{Operation} {Subject} failed unexpectedly after {Milliseconds:F1} ms")]
    private partial void LogUnexpected(Exception failure, string operation, string? subject, double milliseconds);
}
