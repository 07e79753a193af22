namespace Ocid.Linux;

internal sealed class EventTimer(Action action) : IDisposable
{
    private Action? _action = action;

    public bool IsCancelled => _action is null;

    public void Fire() => Interlocked.Exchange(ref _action, null)?.Invoke();

    public void Dispose() => Interlocked.Exchange(ref _action, null);
}
