namespace Ocid.Daemon.Commands.Progress;

/// <summary>Passes progress on at once, on the thread that reports it.</summary>
internal sealed class LayerWatch<T>(Action<T> see) : IProgress<T>
{
    public void Report(T value) => see(value);
}
