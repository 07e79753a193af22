using Ocid.Linux;

namespace Ocid.Agent.Services;

/// <summary>A process known by pid and start time, held by a pidfd while it is dealt with.</summary>
internal sealed class RunningProcess : IDisposable
{
    private const int Hangup = 1;
    private const int Kill = 9;
    private const int Terminate = 15;

    private readonly PidFd _pidFd;

    private RunningProcess(PidFd pidFd) => _pidFd = pidFd;

    public static ProcessRecord? Describe(int pid) => ProcessEntry.TryRead(pid, out var entry) && entry.State != 'Z' ? new ProcessRecord(pid, entry.StartTime) : null;

    /// <summary>Holds the process of a record; null when it has ended.</summary>
    public static RunningProcess? Find(ProcessRecord? record)
    {
        if (record is null)
            return null;
        try
        {
            var held = PidFd.Open(record.Pid);
            // The pid belonged to this start time after it was held: it is the one.
            if (Describe(record.Pid) == record)
                return new RunningProcess(held);
            held.Dispose();
        }
        catch (LinuxException gone) when (gone.Errno == Errno.ESRCH)
        {
            // It has ended.
        }

        return null;
    }

    public void HangUp() => _pidFd.TrySignal(Hangup);

    /// <summary>Asks it to end, and kills it when it does not in time.</summary>
    public async Task StopAsync(TimeSpan grace, CancellationToken ct)
    {
        _pidFd.TrySignal(Terminate);
        try
        {
            await _pidFd.WaitAsync(ct).WaitAsync(grace, ct).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            await KillAsync(ct).ConfigureAwait(false);
        }
    }

    public async Task KillAsync(CancellationToken ct)
    {
        _pidFd.TrySignal(Kill);
        await _pidFd.WaitAsync(ct).ConfigureAwait(false);
    }

    public Task WaitAsync(CancellationToken ct) => _pidFd.WaitAsync(ct);

    public void Dispose() => _pidFd.Dispose();
}
