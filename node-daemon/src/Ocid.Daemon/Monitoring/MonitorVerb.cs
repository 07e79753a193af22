using Ocid.Primitives;

namespace Ocid.Daemon.Monitoring;

/// <summary><c>ocid monitor</c>, on a path of its own that loads nothing but the monitor.</summary>
internal static class MonitorVerb
{
    public static Task<int> RunAsync(ReadOnlyMemory<string> arguments) =>
        throw new OcidException(ErrorKind.Unimplemented, $"monitor is not here yet ({arguments.Length} arguments)");
}
