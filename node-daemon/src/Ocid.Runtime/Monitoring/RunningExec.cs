using Ocid.Linux;

namespace Ocid.Runtime.Monitoring;

/// <summary>A process that runs in a container beside its first one.</summary>
public sealed class RunningExec : IDisposable
{
    private readonly PidFd _process;

    internal RunningExec(int pid, PidFd process, FileDescriptor? master, Task<ExitStatus?> exited)
    {
        Pid = pid;
        _process = process;
        Master = master;
        Exited = exited;
    }

    /// <summary>Its pid on the host.</summary>
    public int Pid { get; }

    /// <summary>The terminal's master, to read, write and resize; null without a terminal. Owned by this object.</summary>
    public FileDescriptor? Master { get; }

    /// <summary>Its end; null when its status was lost. Fails when the monitor is lost.</summary>
    public Task<ExitStatus?> Exited { get; }

    /// <summary>Kills it with its descendants and everything in its session.</summary>
    public Task KillAsync() => Task.Run(() =>
    {
        if (_process.TrySignal(Stop)) // stopped, it can neither end nor fork while its tree is looked at
            ProcessTree.Kill(Pid);
    });

    /// <summary>Lets go of it; it goes on.</summary>
    public void Dispose()
    {
        _process.Dispose();
        Master?.Dispose();
    }

    private const int Stop = 19;
}
