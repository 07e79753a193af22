using Microsoft.Extensions.Logging;
using Ocid.Daemon.Configuration;
using Ocid.Primitives;

namespace Ocid.Daemon.Serve;

/// <summary>The daemon: composes the node's parts and serves until the token ends it.</summary>
internal static class ServeCommand
{
    public static Task RunAsync(OcidOptions options, ILoggerFactory loggers, CancellationToken ct) =>
        throw new OcidException(ErrorKind.Unimplemented, "serve is not composed yet");
}
