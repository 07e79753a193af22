using Ocid.Agent.Applying;
using Ocid.Agent.Cluster;
using Ocid.Agent.Cluster.Wire;
using Ocid.Agent.Conditions;
using Ocid.Agent.Hosts;
using Ocid.Agent.Preflight;
using Ocid.Agent.Staging;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Agent;

/// <summary>The status of this node's RuntimeNode, written when it differs from what is there and at no other time.</summary>
internal sealed class StatusReport(string node, NodePaths paths, ClusterApi api, TimeProvider time)
{
    private const string OurRuntime = "ocid://";

    private RuntimeNodeObject? _written;

    /// <summary>Reports what the node's files say.</summary>
    public Task WriteAsync(RuntimeNodeObject target, HostReport host, CancellationToken ct)
    {
        var state = NodeOverview.Read(paths).State;
        return WriteAsync(target, host, state.Phase, state.Message, ct);
    }

    /// <summary>Reports a phase that the files do not say.</summary>
    public async Task WriteAsync(RuntimeNodeObject target, HostReport host, NodePhase phase, string message, CancellationToken ct)
    {
        // What was written since the object was read is not in it.
        var before = (_written is { } written && target.Metadata.IsBefore(written.Metadata) ? written : target).Status;
        var kubelet = await api.GetKubeletRuntimeAsync(node, ct).ConfigureAwait(false);
        var status = Status(target, host, phase, message, before) with { Serving = kubelet.StartsWith(OurRuntime, StringComparison.Ordinal) };
        if (!status.IsSame(before))
            _written = await api.PatchStatusAsync(node, status, ct).ConfigureAwait(false) with { Status = status };
    }

    private RuntimeNodeStatus Status(RuntimeNodeObject target, HostReport host, NodePhase phase, string message, RuntimeNodeStatus? before)
    {
        var overview = NodeOverview.Read(paths);
        var (state, drift) = (overview.State, overview.Drift.Take(StatusBounds.DriftedFiles).ToList());
        var staged = new StagedRevisions(paths);
        var document = RevisionHash.TryParse(target.Spec.DesiredRevision, out var desired) ? staged.Document(desired) : null;
        Disruption? cost = document is null ? null : CostOf(document, staged, before is { } former && former.ObservedGeneration == target.Metadata.Generation ? former.Disruption : null);
        var view = new NodeView
        {
            Generation = target.Metadata.Generation,
            Desired = desired,
            Current = state.Current,
            Phase = phase,
            Message = message,
            IsStaged = document is not null,
            Cost = cost,
            Drift = drift,
        };
        return new RuntimeNodeStatus
        {
            ObservedGeneration = target.Metadata.Generation,
            CurrentRevision = state.Current,
            LastGoodRevision = state.LastGood,
            FailedRevision = state.Failed,
            Phase = phase.ToString(),
            Disruption = cost?.ToString(),
            Message = message.Length <= StatusBounds.Message ? message : message[..StatusBounds.Message],
            Runtime = new RuntimeStatus { Version = state.RuntimeVersion, Handlers = [.. state.Handlers.Take(StatusBounds.Handlers)], Kernel = host.Kernel, Arch = host.Architecture },
            Drift = drift,
            Conditions = NodeConditions.Of(view, before?.Conditions ?? [], time.GetUtcNow()),
        };
    }

    // Once the revision is in force it is compared with itself: what it has cost was said before.
    private static Disruption CostOf(RevisionDocument desired, StagedRevisions staged, string? said)
    {
        if (staged.Current is not { } current)
            return RevisionComparison.Between(null, desired).Disruption;
        if (current == desired.Hash)
            return Enum.TryParse<Disruption>(said, out var cost) ? cost : Disruption.None;
        return RevisionComparison.Between(staged.Document(current), desired).Disruption;
    }
}
