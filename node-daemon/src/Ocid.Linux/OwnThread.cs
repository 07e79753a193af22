namespace Ocid.Linux;

/// <summary>
/// Runs blocking work (a wait for a file lock, fsync, mount, a walk of a tree) on a thread that exists for it alone. The pool
/// has as many threads as the machine has cores: two such calls there would stop every request of the process.
/// </summary>
public static class OwnThread
{
    /// <summary>Runs <paramref name="work"/> on a new thread.</summary>
    /// <param name="work">What to run; it ends the thread.</param>
    /// <param name="ct">Looked at before the thread starts only: work that has begun is not abandoned.</param>
    public static Task<T> RunAsync<T>(Func<T> work, CancellationToken ct = default) =>
        Task.Factory.StartNew(work, ct, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);

    /// <inheritdoc cref="RunAsync{T}"/>
    public static Task RunAsync(Action work, CancellationToken ct = default) =>
        Task.Factory.StartNew(work, ct, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
}
