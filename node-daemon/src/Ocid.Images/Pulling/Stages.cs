using System.Runtime.ExceptionServices;

namespace Ocid.Images.Pulling;

/// <summary>Stages that run side by side: the first failure stops the others and is what the whole fails with.</summary>
internal sealed class Stages(CancellationToken ct) : IDisposable
{
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(ct);
    private readonly List<Task> _stages = [];
    private ExceptionDispatchInfo? _first;

    /// <summary>Ends when any stage failed, or the caller gave up.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>Starts a stage.</summary>
    public void Add(Func<Task> stage) => _stages.Add(RunAsync(stage));

    /// <summary>Starts a stage that blocks, on a thread of its own.</summary>
    public void AddThread(Action stage) => Add(() =>
        Task.Factory.StartNew(stage, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default));

    /// <summary>Waits until every stage has ended.</summary>
    public async Task WhenAllAsync()
    {
        await Task.WhenAll(_stages);
        ct.ThrowIfCancellationRequested();
        _first?.Throw();
    }

    public void Dispose() => _stop.Dispose();

    private async Task RunAsync(Func<Task> stage)
    {
        try
        {
            await stage();
        }
        catch (Exception failure) // thrown again by WhenAllAsync
        {
            Interlocked.CompareExchange(ref _first, ExceptionDispatchInfo.Capture(failure), null);
            await _stop.CancelAsync();
        }
    }
}
