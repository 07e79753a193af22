using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>Tries again what may work the next time.</summary>
internal static class Retry
{
    /// <summary>How often a thing is tried in all.</summary>
    public const int MostAttempts = 5;

    // A registry that wants to be left alone for longer is waited for in pieces, and given up.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    /// <summary>Runs an action again after each failure that may pass, a few times, with growing pauses.</summary>
    public static async Task<T> TransientAsync<T>(Func<Task<T>> action, TimeProvider time, CancellationToken ct, int attempts = MostAttempts)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await action();
            }
            catch (Exception failure) when (IsTransient(failure))
            {
                if (attempt >= attempts)
                    throw failure as OcidException ?? RegistryFailure.Unreachable("registry", failure);
                await PauseAsync(attempt, failure, time, ct);
            }
        }
    }

    /// <summary>Whether a failure may pass: a registry that is not well, or a connection that broke within a body.</summary>
    public static bool IsTransient(Exception failure) => failure is OcidException { Kind: ErrorKind.Unavailable } or IOException or HttpRequestException;

    /// <summary>The pause after a failed attempt: as long as the registry asks for, and at least the usual one.</summary>
    public static Task PauseAsync(int attempt, Exception failure, TimeProvider time, CancellationToken ct)
    {
        var usual = Pause(attempt);
        var asked = (failure as RegistryUnavailableException)?.RetryAfter ?? TimeSpan.Zero;
        return Task.Delay(asked < usual ? usual : asked < LongestPause ? asked : LongestPause, time, ct);
    }

    // Doubling from 250 ms, with chance, so that many nodes do not come back at once.
    private static TimeSpan Pause(int attempt) => TimeSpan.FromMilliseconds(250 * (1 << (attempt - 1)) * (0.5 + Random.Shared.NextDouble()));
}
