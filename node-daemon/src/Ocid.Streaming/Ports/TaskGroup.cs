namespace Ocid.Streaming.Ports;

/// <summary>Tasks that come and go, and an end at which all have gone. What one throws, the end throws.</summary>
internal sealed class TaskGroup
{
    private readonly Lock _gate = new();
    private readonly HashSet<Task> _running = [];

    /// <summary>Starts work that the group owns from now on.</summary>
    public void Run(Func<Task> work)
    {
        var task = Task.Run(work);
        lock (_gate)
            _running.Add(task);
        task.ContinueWith(Remove, CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }

    /// <summary>Completes when all that runs has ended.</summary>
    public Task WhenAllAsync()
    {
        lock (_gate)
            return Task.WhenAll(_running.ToArray());
    }

    private void Remove(Task ended)
    {
        lock (_gate)
            _running.Remove(ended);
    }
}
