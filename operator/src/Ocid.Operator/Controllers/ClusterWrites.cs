using System.Text.Json.Nodes;
using k8s.Models;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Revisions;

namespace Ocid.Operator.Controllers;

/// <summary>Writes a plan, in the order in which each step may be the last: a revision before who names it, the status before the nodes that move, and what goes last.</summary>
/// <param name="client">The API server.</param>
/// <param name="caches">Learn of each write at once.</param>
/// <param name="scope">Where the revisions are.</param>
/// <param name="events">Tell of each status that is written.</param>
/// <param name="reached">Called after each step.</param>
internal sealed class ClusterWrites(ClusterClient client, ClusterCaches caches, ClusterScope scope, FleetEvents events, Action<OperatorStep> reached)
{
    /// <returns>Whether everything was written; false where somebody else was faster: what he wrote makes the next look.</returns>
    public async Task<bool> WriteAsync(WritePlan plan, CancellationToken ct)
    {
        var isWhole = true;
        foreach (var revision in plan.Revisions)
            await StoreAsync(revision, ct);
        foreach (var status in plan.Statuses)
            isWhole &= await TryAsync(() => WriteAsync(status, ct), OperatorStep.StatusWritten);
        foreach (var node in plan.Nodes)
            isWhole &= await TryAsync(() => WriteAsync(node, ct), StepOf(node));
        foreach (var secret in plan.Garbage)
            isWhole &= await TryAsync(() => client.DeleteAsync(Resources.Secrets, Key.Of(secret.Metadata), ct, new Preconditions { Uid = secret.Metadata.Uid }), OperatorStep.RevisionDeleted);
        return isWhole;
    }

    private async Task StoreAsync(Revision revision, CancellationToken ct)
    {
        var secret = RevisionSecrets.Of(revision, scope.RevisionsNamespace);
        try
        {
            caches.ObserveRevision(await client.CreateAsync(Resources.Secrets, secret, ct));
        }
        catch (ApiException there) when (there.Failure is ApiFailure.AlreadyExists)
        {
            await ReplaceDamagedAsync(revision, secret, ct);
        }

        reached(OperatorStep.RevisionStored);
    }

    // Its name is its content's hash: what has that name and another content is nobody's revision.
    private async Task ReplaceDamagedAsync(Revision revision, Secret wanted, CancellationToken ct)
    {
        var key = Key.Of(wanted.Metadata);
        var there = await client.GetAsync(Resources.Secrets, key, ct);
        if (there is not null && new RevisionSecrets().Read([there]).ContainsKey(revision.Hash))
        {
            caches.ObserveRevision(there);
            return;
        }

        if (there is not null)
            await client.DeleteAsync(Resources.Secrets, key, ct, new Preconditions { Uid = there.Metadata.Uid });
        caches.ObserveRevision(await client.CreateAsync(Resources.Secrets, wanted, ct));
    }

    private async Task WriteAsync(StatusWrite write, CancellationToken ct)
    {
        caches.Observe(await client.MergePatchAsync(Resources.RuntimeConfigs, Key.Of(write.Config.Metadata), (JsonObject)write.Patch.DeepClone(), ct, status: true));
        events.Tell(write);
    }

    private async Task WriteAsync(NodeWrite write, CancellationToken ct)
    {
        if (write is NodeWrite.Create create)
            caches.Observe(await client.CreateAsync(Resources.RuntimeNodes, Of(create), ct));
        else if (write is NodeWrite.Forget forget)
            await client.DeleteAsync(Resources.RuntimeNodes, Key.Cluster(write.Node), ct, new Preconditions { Uid = forget.Of.Metadata.Uid, ResourceVersion = forget.Of.Metadata.ResourceVersion });
        else
            caches.Observe(await client.MergePatchAsync(Resources.RuntimeNodes, Key.Cluster(write.Node), write.Patch()!, ct));
    }

    private static RuntimeNode Of(NodeWrite.Create create) => new()
    {
        Metadata = new V1ObjectMeta
        {
            Name = create.Node,
            OwnerReferences = [new V1OwnerReference { ApiVersion = "v1", Kind = "Node", Name = create.Node, Uid = create.Owner.Metadata.Uid! }],
        },
        Spec = new RuntimeNodeSpec { DesiredRevision = create.Revision?.Value, Sources = create.Sources.Count > 0 ? [.. create.Sources] : null },
    };

    private static OperatorStep StepOf(NodeWrite write) => write switch
    {
        NodeWrite.Create => OperatorStep.NodeCreated,
        NodeWrite.Tell => OperatorStep.NodeTold,
        NodeWrite.Forget => OperatorStep.NodeForgotten,
        _ => OperatorStep.NodeReleased,
    };

    private async Task<bool> TryAsync(Func<Task> write, OperatorStep step)
    {
        try
        {
            await write();
        }
        catch (ApiException other) when (other.Failure is ApiFailure.Conflict or ApiFailure.NotFound or ApiFailure.AlreadyExists)
        {
            return false;
        }

        reached(step);
        return true;
    }
}
