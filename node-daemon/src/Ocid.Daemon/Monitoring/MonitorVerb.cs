using System.Runtime.InteropServices;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring.Server;

namespace Ocid.Daemon.Monitoring;

/// <summary><c>ocid monitor</c>, on a path of its own that loads nothing but the monitor.</summary>
internal static class MonitorVerb
{
    private const int Failed = 1;
    private const int Usage = 2;

    public static async Task<int> RunAsync(ReadOnlyMemory<string> arguments)
    {
        try
        {
            return await RunAsync(MonitorArguments.Parse(arguments.Span)).ConfigureAwait(false);
        }
        catch (Exception failure) // the one place where a failure becomes a line for people
        {
            await Console.Error.WriteLineAsync($"ocid: monitor: {(failure is OcidException or IOException ? failure.Message : failure.ToString())}").ConfigureAwait(false);
            return failure is OcidException { Kind: ErrorKind.InvalidArgument } ? Usage : Failed;
        }
    }

    private static async Task<int> RunAsync(MonitorArguments arguments)
    {
        using var stopping = new CancellationTokenSource();
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        return await MonitorServer.RunAsync(
            new MonitorServerOptions
            {
                SocketPath = arguments.Socket,
                ResumeDescriptor = arguments.ResumeDescriptor,
                OnFailure = message => Console.Error.WriteLine($"ocid: monitor: {message}"),
            },
            stopping.Token).ConfigureAwait(false);

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stopping.Cancel();
        }
    }
}
