using System.Collections.Frozen;
using Ocid.Primitives;

namespace Ocid.Cri.Containers;

/// <summary>Signals by name and number, as images and CRI write them. Real-time ones count from glibc's 34 to 64.</summary>
internal static class SignalNames
{
    public const int Kill = 9, Terminate = 15;

    private const int RealTimeFirst = 34, RealTimeLast = 64;

    private static readonly FrozenDictionary<string, int> Numbers = Names().ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<int, V1.Signal> Messages = Enum.GetValues<V1.Signal>()
        .Where(s => s is not (V1.Signal.RuntimeDefault or V1.Signal.Sigcld or V1.Signal.Sigiot or V1.Signal.Sigpoll))
        .ToFrozenDictionary(NumberOf);

    /// <summary>The signal that stops a container: what the request asks for, else the image, else SIGTERM.</summary>
    /// <exception cref="OcidException">InvalidArgument: the image names no signal.</exception>
    public static int Resolve(V1.Signal asked, string image)
    {
        if (asked != V1.Signal.RuntimeDefault)
            return NumberOf(asked);
        if (image.Length == 0)
            return Terminate;
        var name = image.ToUpperInvariant();
        if (int.TryParse(name, out var number) && number is > 0 and <= RealTimeLast)
            return number;
        return Numbers.TryGetValue(name.StartsWith("SIG", StringComparison.Ordinal) ? name : "SIG" + name, out number)
            ? number
            : throw new OcidException(ErrorKind.InvalidArgument, $"the image's stop signal {Quoted.Text(image)}: no such signal");
    }

    public static V1.Signal ToMessage(int number) => Messages.GetValueOrDefault(number, V1.Signal.RuntimeDefault);

    private static int NumberOf(V1.Signal signal)
    {
        var name = signal.ToString().ToUpperInvariant();
        return Numbers.TryGetValue(name, out var number) ? number : throw new OcidException(ErrorKind.InvalidArgument, $"signal {signal}: not known");
    }

    private static IEnumerable<KeyValuePair<string, int>> Names()
    {
        string[] classic =
        [
            "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1", "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT",
            "CHLD", "CONT", "STOP", "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO", "PWR", "SYS",
        ];
        for (var i = 0; i < classic.Length; i++)
            yield return new("SIG" + classic[i], i + 1);
        foreach (var (alias, number) in ((string, int)[])[("SIGIOT", 6), ("SIGCLD", 17), ("SIGPOLL", 29), ("SIGRTMIN", RealTimeFirst), ("SIGRTMAX", RealTimeLast)])
            yield return new(alias, number);
        for (var i = 1; i <= 15; i++)
        {
            yield return new($"SIGRTMIN+{i}", RealTimeFirst + i);
            yield return new($"SIGRTMINPLUS{i}", RealTimeFirst + i);
        }

        for (var i = 1; i <= 14; i++)
        {
            yield return new($"SIGRTMAX-{i}", RealTimeLast - i);
            yield return new($"SIGRTMAXMINUS{i}", RealTimeLast - i);
        }
    }
}
