namespace Ocid.Primitives;

/// <summary>
/// The steps that take back a set-up of several steps. Disposed without <see cref="Commit"/>, they run in reverse order,
/// each whatever the others did, with a token of their own: the cancelled one would leave half of it behind.
/// </summary>
/// <param name="limit">How long all steps together may take.</param>
public sealed class Undo(TimeSpan limit) : IAsyncDisposable
{
    private readonly Stack<Func<CancellationToken, ValueTask>> _steps = new();

    /// <summary>An undo whose steps together may take 30 seconds.</summary>
    public Undo()
        : this(TimeSpan.FromSeconds(30))
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
    /// <exception cref="AggregateException">One or more steps failed; every step ran.</exception>
    public async ValueTask DisposeAsync()
    {
        using var bounded = new CancellationTokenSource(limit);
        List<Exception>? failures = null;
        while (_steps.TryPop(out var step))
        {
            try
            {
                await step(bounded.Token).ConfigureAwait(false);
            }
            catch (Exception failure) // every step must have its turn; all failures are reported together
            {
                (failures ??= []).Add(failure);
            }
        }

        if (failures is not null)
            throw new AggregateException("undo: not everything could be taken back", failures);
    }
}
