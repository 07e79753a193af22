using System.Net.Sockets;
using Grpc.Core;
using Ocid.Daemon.Configuration;
using Ocid.Daemon.Manifests;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary>A failure as lines for people; never a stack trace.</summary>
internal static class Failure
{
    public static IReadOnlyList<string> Lines(Exception failure) => failure switch
    {
        ConfigurationException configuration => configuration.Errors,
        ManifestException manifest => manifest.Lines,
        RpcException rpc => [Cause<OcidException>(rpc)?.Message ?? Describe(rpc.Status)],
        AggregateException several => [.. several.Flatten().InnerExceptions.SelectMany(Lines)],
        OcidException or IOException or UnauthorizedAccessException or SocketException or TimeoutException => [failure.Message],
        _ => [$"internal error: {failure.GetType().Name}: {failure.Message}"],
    };

    private static string Describe(Status status) => status.StatusCode switch
    {
        StatusCode.Unimplemented => $"the daemon does not support this: {status.Detail}",
        StatusCode.DeadlineExceeded when status.Detail.Length == 0 => "the daemon did not answer in time",
        _ => status.Detail.Length > 0 ? status.Detail : status.StatusCode.ToString(),
    };

    // The client wraps what happened while connecting several times over.
    private static T? Cause<T>(RpcException failure)
        where T : Exception
    {
        for (var cause = failure.Status.DebugException; cause is not null; cause = cause.InnerException)
        {
            if (cause is T found)
                return found;
        }

        return null;
    }
}
