using Ocid.Agent.Applying;
using Ocid.Agent.Cluster;
using Ocid.Agent.Cluster.Wire;
using Ocid.Agent.Hosts;
using Ocid.Agent.Preflight;
using Ocid.Agent.Staging;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Agent;

/// <summary>The status of this node's RuntimeNode, written when it differs from what is there and at no other time.</summary>
internal sealed class StatusReport(string node, NodePaths paths, ClusterApi api)
{
    private const string OurRuntime = "ocid://";

    private RuntimeNodeObject? _target;
    private RuntimeNodeStatus? _written;

    /// <summary>Reports what the node's files say.</summary>
    public Task WriteAsync(RuntimeNodeObject target, HostReport host, CancellationToken ct)
    {
        var state = NodeOverview.Read(paths).State;
        return WriteAsync(target, host, state.Phase, state.Message, ct);
    }

    /// <summary>Reports a phase that the files do not say.</summary>
    public async Task WriteAsync(RuntimeNodeObject target, HostReport host, NodePhase phase, string message, CancellationToken ct)
    {
        var overview = NodeOverview.Read(paths);
        var kubelet = await api.GetKubeletRuntimeAsync(node, ct).ConfigureAwait(false);
        var status = new RuntimeNodeStatus
        {
            ObservedGeneration = target.Metadata.Generation,
            CurrentRevision = overview.State.Current,
            LastGoodRevision = overview.State.LastGood,
            FailedRevision = overview.State.Failed,
            Phase = phase.ToString(),
            Disruption = CostOf(target.Spec.DesiredRevision)?.ToString(),
            Message = message,
            Runtime = new RuntimeStatus { Version = overview.State.RuntimeVersion, Handlers = overview.State.Handlers, Kernel = host.Kernel, Arch = host.Architecture },
            Serving = kubelet.StartsWith(OurRuntime, StringComparison.Ordinal),
            Drift = overview.Drift,
        };
        // What was written since the object was read is not in it.
        if (status.IsSame(ReferenceEquals(_target, target) ? _written : target.Status))
            return;
        await api.PatchStatusAsync(node, status, ct).ConfigureAwait(false);
        (_target, _written) = (target, status);
    }

    // Null before the revision is on the node.
    private Disruption? CostOf(string? revision)
    {
        var staged = new StagedRevisions(paths);
        if (!RevisionHash.TryParse(revision, out var desired) || staged.Document(desired) is not { } document)
            return null;
        return RevisionComparison.Between(staged.Current is { } current ? staged.Document(current) : null, document).Disruption;
    }
}
