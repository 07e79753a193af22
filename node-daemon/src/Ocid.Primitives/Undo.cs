namespace Ocid.Primitives;

/// <summary>
/// The steps that take back a set-up of several steps. Disposed without <see cref="Commit"/>, they run in reverse order,
/// each whatever the others did, with a token of its own: the cancelled one would leave half of it behind. What keeps a step from
/// its end is told and not thrown: the caller must get the failure of the set-up.
/// </summary>
/// <param name="left">Told each failure of a step.</param>
/// <param name="limit">How long each step may take.</param>
public sealed class Undo(Action<Exception> left, TimeSpan limit) : IAsyncDisposable
{
    private readonly Stack<Func<CancellationToken, ValueTask>> _steps = new();

    /// <summary>An undo whose steps may take 30 seconds each.</summary>
    public Undo(Action<Exception> left)
        : this(left, TimeSpan.FromSeconds(30))
    {
    }

    /// <summary>Remembers how to take back what was just done.</summary>
    public void Push(Func<CancellationToken, ValueTask> step) => _steps.Push(step);

    /// <summary>Remembers how to take back what was just done.</summary>
    public void Push(Action step) => _steps.Push(_ =>
    {
        step();
        return ValueTask.CompletedTask;
    });

    /// <summary>Forgets every step: the set-up is whole.</summary>
    public void Commit() => _steps.Clear();

    /// <summary>Runs what was not committed.</summary>
    public async ValueTask DisposeAsync()
    {
        while (_steps.TryPop(out var step))
        {
            using var bounded = new CancellationTokenSource(limit);
            try
            {
                await step(bounded.Token).ConfigureAwait(false);
            }
            catch (Exception failure) // every step must have its turn
            {
                left(failure);
            }
        }
    }
}
