using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>Tries again what may work the next time.</summary>
internal static class Retry
{
    /// <summary>How often a thing is tried in all.</summary>
    public const int MostAttempts = 4;

    /// <summary>Runs an action again after each failure of kind Unavailable, a few times, with growing pauses.</summary>
    public static async Task<T> TransientAsync<T>(Func<Task<T>> action, TimeProvider time, CancellationToken ct)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await action();
            }
            catch (OcidException failure) when (failure.Kind == ErrorKind.Unavailable && attempt < MostAttempts)
            {
                await PauseAsync(attempt, time, ct);
            }
            catch (Exception cut) when (cut is IOException or HttpRequestException)
            {
                // The connection broke within a body.
                if (attempt >= MostAttempts)
                    throw RegistryFailure.Unreachable("registry", cut);
                await PauseAsync(attempt, time, ct);
            }
        }
    }

    /// <summary>The pause after a failed attempt: doubling from 250 ms, with chance, so that many nodes do not come back at once.</summary>
    public static Task PauseAsync(int attempt, TimeProvider time, CancellationToken ct) =>
        Task.Delay(TimeSpan.FromMilliseconds(250 * (1 << (attempt - 1)) * (0.5 + Random.Shared.NextDouble())), time, ct);
}
