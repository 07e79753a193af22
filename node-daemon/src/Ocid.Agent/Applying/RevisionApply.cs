using Ocid.Agent.Hosts;
using Ocid.Agent.Installing;
using Ocid.Agent.Journals;
using Ocid.Agent.Services;
using Ocid.Agent.Staging;
using Ocid.Primitives;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Agent.Applying;

/// <summary>
/// Puts a staged revision into force: record, dead man, link, daemon, trial, and only then is it the last good one. Whatever goes wrong on the way, what was in
/// force before is in force again; nothing but this host is needed for that.
/// </summary>
/// <param name="parts">The node.</param>
public sealed class RevisionApply(NodeParts parts)
{
    private readonly NodePaths _paths = parts.Paths;
    private readonly NodeRecords _records = new(parts.Paths);
    private readonly StagedRevisions _staged = new(parts.Paths);
    private readonly Installation _installation = new(parts.Paths, parts.Services);
    private readonly RollBack _rollBack = new(parts);

    /// <summary>Puts a revision into force.</summary>
    /// <exception cref="OcidException">It is not in force: refused before anything was changed, or taken back, as the message says.</exception>
    public async Task RunAsync(RevisionHash hash, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(hash);
        var journal = Journal.Open(_paths);
        using var held = await _records.LockAsync(ct).ConfigureAwait(false);
        await _rollBack.RecoverAsync(ct).ConfigureAwait(false);

        var document = _staged.Document(hash) ?? throw new OcidException(ErrorKind.NotFound, $"revision {hash} is not staged on this node");
        var record = await PrepareAsync(document, ct).ConfigureAwait(false);
        try
        {
            await ChangeAsync(journal, document, record, ct).ConfigureAwait(false);
        }
        catch (Exception failure) // whatever it was, the node is as before when it leaves here
        {
            await _rollBack.RunAsync(record, Reason(failure, ct), isInterruption: ct.IsCancellationRequested, CancellationToken.None).ConfigureAwait(false);
            throw new OcidException(ErrorKind.Aborted, $"revision {hash} is taken back: {Reason(failure, ct)}", failure);
        }

        Conclude(hash, journal);
    }

    // Nothing is changed here, so that a revision that is refused costs nothing.
    private async Task<ApplyingRecord> PrepareAsync(RevisionDocument document, CancellationToken ct)
    {
        try
        {
            if (_staged.Drifted(document.Hash) is [var damaged, ..])
                throw new OcidException(ErrorKind.DataLoss, $"revision {document.Hash}: {damaged} is not what was staged");
            var program = _installation.ProgramOf(document.Runtime);
            await new CandidateConfiguration(_paths).ValidateAsync(program, document, _staged.PathOf(document.Hash), ct).ConfigureAwait(false);
        }
        catch (OcidException refusal)
        {
            Remember(state => state with { Phase = NodePhase.RolledBack, Failed = document.Hash.Value, Message = refusal.Message });
            throw;
        }

        parts.Reached(ApplyStep.Validated);
        var before = _staged.Current is { } current ? _staged.Document(current) : null;
        var record = new ApplyingRecord
        {
            Revision = document.Hash.Value,
            Previous = before?.Hash.Value,
            PreviousVersion = _installation.CurrentVersion,
            Restart = NeedsRestart(before, document),
            Deadline = parts.Time.GetUtcNow() + parts.Limit,
            Writer = RunningProcess.Describe(Environment.ProcessId)!,
        };
        _records.Applying.Write(record);
        parts.Reached(ApplyStep.Recorded);
        return record;
    }

    private async Task ChangeAsync(Journal journal, RevisionDocument document, ApplyingRecord record, CancellationToken ct)
    {
        await parts.Services.LaunchAsync("ocid-dead-man", parts.DeadMan, ct).ConfigureAwait(false);
        parts.Reached(ApplyStep.Armed);
        Remember(state => state with { Phase = NodePhase.Applying, Message = "" });
        await _installation.UseAsync(journal, document.Runtime, ct).ConfigureAwait(false);
        SeparateStore.Write(_paths, journal);
        parts.Reached(ApplyStep.Installed);

        _staged.Swap(document.Hash);
        parts.Reached(ApplyStep.Swapped);
        DropIns.Link(_paths, journal, document);
        parts.Reached(ApplyStep.Linked);

        // As the configuration now in force says; before the daemon makes them. A preinstalled one's are its owner's.
        foreach (var directory in document.Runtime.Install == InstallMode.Managed ? parts.Runtime.OwnDirectories : [])
            journal.Tree(directory);
        await (record.Restart ? parts.Services.RestartAsync(ct) : parts.Services.ReloadAsync(ct)).ConfigureAwait(false);
        parts.Reached(ApplyStep.Restarted);
        Remember(state => state with { Phase = NodePhase.Verifying });
        var report = await new Verification(parts, _paths, _staged).RunAsync(document, ct).ConfigureAwait(false);
        Remember(state => state with { RuntimeVersion = report.Version, Handlers = report.Handlers });
        parts.Reached(ApplyStep.Verified);
    }

    private void Conclude(RevisionHash hash, Journal journal)
    {
        var before = _records.State.Read()?.LastGood;
        Remember(state => state with
        {
            Phase = NodePhase.Updated,
            Current = hash.Value,
            LastGood = hash.Value,
            Failed = state.Failed == hash.Value ? null : state.Failed,
            Interrupted = null,
            Message = "",
        });
        parts.Reached(ApplyStep.Remembered);
        _records.Applying.Delete();
        parts.Reached(ApplyStep.Done);
        // The one before stays, to go back to.
        _staged.Prune([hash, .. RevisionHash.TryParse(before, out var former) ? new[] { former } : []]);
        _installation.Prune(journal);
    }

    private static bool NeedsRestart(RevisionDocument? before, RevisionDocument document) =>
        before is null
        || RevisionComparison.Between(before, document).Disruption >= Disruption.Restart
        // A policy that was in force and is gone lets nothing through until the daemon starts anew.
        || HasPolicy(before) && !HasPolicy(document);

    private static bool HasPolicy(RevisionDocument document) => document.Files.Any(file => file.Path.Value == "policy.json");

    private void Remember(Func<NodeState, NodeState> change) => _records.State.Write(change(_records.State.Read() ?? NodeState.Empty));

    private static string Reason(Exception failure, CancellationToken ct) => ct.IsCancellationRequested ? "it was interrupted" : failure.Message;
}
