using Grpc.Core;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Cri.Serving;

/// <summary>The one place that turns a failure into a gRPC status.</summary>
internal static class FailureStatus
{
    private static readonly string[] Words = ["RegistryUnavailable", "SignatureValidationFailed"];

    /// <summary>The status of a failure of a call whose own token and deadline are given by its context.</summary>
    public static Status Of(Exception failure, ServerCallContext context, DateTimeOffset now) => failure switch
    {
        RpcException known => known.Status,
        OperationCanceledException or IOException when context.CancellationToken.IsCancellationRequested => OfCancelled(context, now),
        // The kubelet looks for these words where the text begins, and leaves out the code before it only when that is Unknown.
        OcidException known when Words.Any(word => known.Message.StartsWith(word, StringComparison.Ordinal)) => new Status(StatusCode.Unknown, known.Message),
        OcidException known => new Status(CodeOf(known.Kind), known.Message),
        IOException when FileSystems.IsFull(failure) => new Status(StatusCode.ResourceExhausted, failure.Message),
        TimeoutException => new Status(StatusCode.DeadlineExceeded, failure.Message),
        OperationCanceledException => new Status(StatusCode.Aborted, failure.Message),
        _ => new Status(StatusCode.Internal, failure.Message),
    };

    private static Status OfCancelled(ServerCallContext context, DateTimeOffset now) => context.Deadline <= now.UtcDateTime
        ? new Status(StatusCode.DeadlineExceeded, "the deadline of the call passed")
        : new Status(StatusCode.Cancelled, "the caller went away");

    private static StatusCode CodeOf(ErrorKind kind) => kind switch
    {
        ErrorKind.NotFound => StatusCode.NotFound,
        ErrorKind.AlreadyExists => StatusCode.AlreadyExists,
        ErrorKind.InvalidArgument => StatusCode.InvalidArgument,
        ErrorKind.FailedPrecondition => StatusCode.FailedPrecondition,
        ErrorKind.ResourceExhausted => StatusCode.ResourceExhausted,
        ErrorKind.Unavailable => StatusCode.Unavailable,
        ErrorKind.DeadlineExceeded => StatusCode.DeadlineExceeded,
        ErrorKind.PermissionDenied => StatusCode.PermissionDenied,
        ErrorKind.Unimplemented => StatusCode.Unimplemented,
        ErrorKind.DataLoss => StatusCode.DataLoss,
        ErrorKind.Aborted => StatusCode.Aborted,
        _ => StatusCode.Internal,
    };
}
