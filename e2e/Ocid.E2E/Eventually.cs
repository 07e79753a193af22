using System.Diagnostics;

namespace Ocid.E2E;

/// <summary>Waits for what another process brings about, with a limit.</summary>
public static class Eventually
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <summary>Asks until <paramref name="found"/> accepts the answer, and returns it.</summary>
    public static async Task<T> GetAsync<T>(string what, Func<Task<T>> ask, Func<T, bool> found, TimeSpan? limit = null)
    {
        var started = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (found(answer))
                return answer;
            if (started.Elapsed > (limit ?? Limit))
                throw new TimeoutException($"{what}: not within {(limit ?? Limit).TotalSeconds:0} s; last: {answer}");
            await Task.Delay(20);
        }
    }

    public static Task IsTrueAsync(string what, Func<Task<bool>> condition, TimeSpan? limit = null) => GetAsync(what, condition, answer => answer, limit);

    public static Task IsTrueAsync(string what, Func<bool> condition, TimeSpan? limit = null) =>
        GetAsync(what, () => Task.FromResult(condition()), answer => answer, limit);
}
