using Ocid.Agent.Hosts;
using Ocid.Agent.Installing;
using Ocid.Agent.Journals;
using Ocid.Agent.Staging;
using Ocid.Primitives;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Agent.Applying;

/// <summary>Takes a change back, from nothing but its record. The caller holds the node's lock.</summary>
internal sealed class RollBack(NodeParts parts)
{
    private readonly NodePaths _paths = parts.Paths;
    private readonly NodeRecords _records = new(parts.Paths);
    private readonly StagedRevisions _staged = new(parts.Paths);
    private readonly Installation _installation = new(parts.Paths, parts.Services);

    /// <summary>Ends what an earlier process left: a change that was whole is kept, any other is taken back.</summary>
    /// <returns>Whether there was something to end.</returns>
    public async Task<bool> RecoverAsync(CancellationToken ct)
    {
        if (_records.Applying.Read() is not { } record)
            return false;
        if (_records.State.Read() is { Phase: NodePhase.Updated } state && state.LastGood == record.Revision)
            _records.Applying.Delete();
        else
            await RunAsync(record, "it was interrupted", isInterruption: true, ct).ConfigureAwait(false);
        return true;
    }

    /// <summary>Puts back what was in force before.</summary>
    public async Task RunAsync(ApplyingRecord record, string reason, bool isInterruption, CancellationToken ct)
    {
        var journal = Journal.Open(_paths);
        var previous = RevisionHash.TryParse(record.Previous, out var hash) ? _staged.Document(hash) : null;
        var changed = await PutBackAsync(journal, record, previous, ct).ConfigureAwait(false);
        parts.Reached(ApplyStep.SwappedBack);

        var failure = changed ? await TryAgainAsync(record, previous, ct).ConfigureAwait(false) : null;
        parts.Reached(ApplyStep.RestartedBack);
        Remember(record, reason, isInterruption, failure);
        parts.Reached(ApplyStep.RememberedBack);
        _records.Applying.Delete();
    }

    private async Task<bool> PutBackAsync(Journal journal, ApplyingRecord record, RevisionDocument? previous, CancellationToken ct)
    {
        var changed = _staged.Current != previous?.Hash;
        if (changed)
            _staged.Swap(previous?.Hash);
        changed |= DropIns.Link(_paths, journal, previous);
        if (_installation.CurrentVersion != record.PreviousVersion)
        {
            await _installation.UseBeforeAsync(journal, record.PreviousVersion, ct).ConfigureAwait(false);
            changed = true;
        }

        return changed;
    }

    // Null when the node works again, or has no runtime of ours as before.
    private async Task<string?> TryAgainAsync(ApplyingRecord record, RevisionDocument? previous, CancellationToken ct)
    {
        try
        {
            if (previous is null && record.PreviousVersion is null && !IsPreinstalled(record))
            {
                await parts.Services.StopAsync(ct).ConfigureAwait(false);
                return null;
            }

            await (record.Restart ? parts.Services.RestartAsync(ct) : parts.Services.ReloadAsync(ct)).ConfigureAwait(false);
            await new Verification(parts, _paths, _staged).RunAsync(previous, ct).ConfigureAwait(false);
            return null;
        }
        catch (OcidException failure) // remembered and reported: nothing else can be done here
        {
            return failure.Message;
        }
    }

    // The owner of a preinstalled runtime may use it without us.
    private bool IsPreinstalled(ApplyingRecord record) => _staged.Document(RevisionHash.Parse(record.Revision))?.Runtime.Install == InstallMode.Preinstalled;

    private void Remember(ApplyingRecord record, string reason, bool isInterruption, string? failure)
    {
        var state = _records.State.Read() ?? NodeState.Empty;
        var retried = isInterruption && state.Interrupted != record.Revision;
        _records.State.Write(state with
        {
            Phase = failure is not null ? NodePhase.Degraded : retried ? NodePhase.Staged : NodePhase.RolledBack,
            Current = record.Previous,
            Failed = retried ? state.Failed : record.Revision,
            Interrupted = retried ? record.Revision : null,
            Message = failure is null
                ? $"revision {record.Revision}: {reason}"
                : $"revision {record.Revision}: {reason}; and what was before does not work either: {failure}",
        });
    }
}
