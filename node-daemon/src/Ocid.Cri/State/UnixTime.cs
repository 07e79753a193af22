namespace Ocid.Cri.State;

internal static class UnixTime
{
    /// <summary>Nanoseconds since 1970, as CRI's timestamps count them.</summary>
    public static long NowNanoseconds(this TimeProvider time) => time.GetUtcNow().ToUnixNanoseconds();

    public static long ToUnixNanoseconds(this DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks * 100;
}
