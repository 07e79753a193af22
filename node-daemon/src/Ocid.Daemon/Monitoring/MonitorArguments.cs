using System.Globalization;
using Ocid.Primitives;

namespace Ocid.Daemon.Monitoring;

/// <summary>The flags of <c>ocid monitor</c>, read by hand: the command-line library would cost the monitor memory for life.</summary>
/// <param name="Socket">Where to listen.</param>
/// <param name="ResumeDescriptor">What the program before an upgrade in place left; null on a fresh start.</param>
internal sealed record MonitorArguments(string Socket, int? ResumeDescriptor)
{
    private const string DefaultSocket = "/run/ocid/monitor.sock";

    /// <exception cref="OcidException">InvalidArgument: an unknown flag, or a value that is none.</exception>
    public static MonitorArguments Parse(ReadOnlySpan<string> arguments)
    {
        var parsed = new MonitorArguments(DefaultSocket, null);
        for (var i = 0; i < arguments.Length; i++)
        {
            var equals = arguments[i].IndexOf('=', StringComparison.Ordinal);
            var flag = equals < 0 ? arguments[i] : arguments[i][..equals];
            var value = equals >= 0 ? arguments[i][(equals + 1)..] : i + 1 < arguments.Length ? arguments[++i] : "";
            parsed = flag switch
            {
                "--socket" when value.StartsWith('/') => parsed with { Socket = value },
                "--socket" => throw new OcidException(ErrorKind.InvalidArgument, $"--socket: want an absolute path, found {Quoted.Text(value)}"),
                "--resume-fd" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var descriptor) => parsed with { ResumeDescriptor = descriptor },
                _ => throw new OcidException(ErrorKind.InvalidArgument, $"unknown argument {Quoted.Text(arguments[i])}"),
            };
        }

        return parsed;
    }
}
