namespace Ocid.Cluster.Queues;

/// <summary>How long to wait after failures in a row: twice as long each time, up to a limit.</summary>
/// <param name="First">After the first failure.</param>
/// <param name="Longest">At most.</param>
public sealed record BackOff(TimeSpan First, TimeSpan Longest)
{
    private const int MostDoublings = 30;

    /// <summary>What controllers use: 5 milliseconds to 5 minutes.</summary>
    public static BackOff Default { get; } = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMinutes(5));

    /// <summary>How long to wait after so many failures in a row.</summary>
    /// <param name="failures">At least 1.</param>
    public TimeSpan After(int failures)
    {
        var wait = First * Math.Pow(2, Math.Min(failures - 1, MostDoublings));
        return wait < Longest ? wait : Longest;
    }
}
