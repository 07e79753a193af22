using Ocid.Agent.Services;
using Ocid.Linux;

namespace Ocid.Agent.Applying;

/// <summary>
/// Waits beside a change, in a process of its own, for the lock that the change holds: free with the record still there, the change has died; held beyond the
/// deadline, it hangs and is killed. In both cases the change is taken back.
/// </summary>
/// <param name="parts">The node.</param>
public sealed class DeadMan(NodeParts parts)
{
    private readonly NodeRecords _records = new(parts.Paths);

    /// <summary>Waits, and does what is to be done.</summary>
    public async Task RunAsync(CancellationToken ct)
    {
        if (!Directory.Exists(parts.Paths.Local(parts.Paths.State)) || _records.Applying.Read() is not { } record)
            return;

        using var held = await WaitAsync(record, ct).ConfigureAwait(false);
        // Another change may have begun meanwhile: that one has a dead man of its own.
        if (_records.Applying.Exists && _records.Applying.Read()?.Writer == record.Writer)
            await new RollBack(parts).RecoverAsync(ct).ConfigureAwait(false);
    }

    private async Task<FileLock> WaitAsync(ApplyingRecord record, CancellationToken ct)
    {
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var left = record.Deadline - parts.Time.GetUtcNow();
        giveUp.CancelAfter(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        try
        {
            return await _records.LockAsync(giveUp.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            using var writer = RunningProcess.Find(record.Writer);
            if (writer is not null)
                await writer.KillAsync(ct).ConfigureAwait(false);
            return await _records.LockAsync(ct).ConfigureAwait(false);
        }
    }
}
