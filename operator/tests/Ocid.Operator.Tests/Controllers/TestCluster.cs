using k8s.Models;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Operator.Controllers;
using Ocid.Operator.Planning;
using Ocid.Operator.Rendering;
using Ocid.Revisions.Nodes;

namespace Ocid.Operator.Tests.Controllers;

/// <summary>Objects as an API server would have them, and what becomes of them when a plan is written.</summary>
internal sealed class TestCluster
{
    private readonly UnmatchedNodes _unmatched = new(TimeSpan.FromMinutes(1));
    private readonly Snapshots _snapshots = new([]);
    private int _version;

    public Dictionary<string, RuntimeConfig> Configs { get; } = [];

    public Dictionary<string, RuntimeNode> RuntimeNodes { get; } = [];

    public Dictionary<string, Node> Nodes { get; } = [];

    public List<Secret> Secrets { get; } = [];

    public List<Secret> Revisions { get; } = [];

    public DateTimeOffset Now { get; set; } = new(2026, 11, 29, 0, 0, 0, TimeSpan.Zero);

    public ClusterObjects Objects => new()
    {
        Configs = [.. Configs.Values],
        RuntimeNodes = [.. RuntimeNodes.Values],
        Nodes = [.. Nodes.Values],
        Agents = [.. Nodes.Keys.Select(name => new Pod { Metadata = Metadata("agent-" + name), Spec = new Pod.PodSpec { NodeName = name } })],
        Secrets = [.. Secrets],
        ConfigMaps = [],
        Revisions = [.. Revisions],
    };

    public static TestCluster With(params string[] nodes)
    {
        var cluster = new TestCluster();
        foreach (var node in nodes)
            cluster.AddNode(node);
        return cluster;
    }

    public void AddNode(string name, params (string Key, string Value)[] labels) => Nodes[name] = new Node
    {
        Metadata = Metadata(name, labels.ToDictionary(label => label.Key, label => label.Value)),
        Status = new Node.NodeStatus
        {
            Conditions = [new CoreCondition { Type = "Ready", Status = "True" }],
            NodeInfo = new Node.NodeInformation { ContainerRuntimeVersion = "containerd://2.1.0" },
        },
    };

    public RuntimeConfig Configure(string name, Action<RuntimeConfigSpec>? change = null)
    {
        var config = Configs.TryGetValue(name, out var existing) ? existing : Configs[name] = new RuntimeConfig { Metadata = Metadata(name), Spec = new RuntimeConfigSpec() };
        change?.Invoke(config.Spec);
        config.Metadata.Generation = (config.Metadata.Generation ?? 0) + 1;
        config.Metadata.ResourceVersion = $"{++_version}";
        return config;
    }

    public WritePlan Plan()
    {
        var objects = Objects;
        return WritePlan.Of(objects, FleetOutlook.Of(_snapshots.Of(objects), new Renderer("0.1.0")), _unmatched, Now);
    }

    /// <summary>Does what is planned, as the API server would.</summary>
    public WritePlan Write()
    {
        var plan = Plan();
        foreach (var revision in plan.Revisions)
        {
            var secret = RevisionSecrets.Of(revision, "ocid-revisions");
            secret.Metadata.Uid = $"uid-{++_version}";
            secret.Metadata.CreationTimestamp = Now.UtcDateTime;
            Revisions.Add(secret);
        }

        foreach (var status in plan.Statuses)
        {
            status.Config.Status = status.Status;
            status.Config.Metadata.ResourceVersion = $"{++_version}";
        }

        foreach (var node in plan.Nodes)
            Write(node);
        foreach (var garbage in plan.Garbage)
            Revisions.RemoveAll(secret => secret.Metadata.Name == garbage.Metadata.Name);
        return plan;
    }

    /// <summary>Every agent has done what its node was told.</summary>
    public void Succeed()
    {
        foreach (var node in RuntimeNodes.Values.Where(node => (node.Spec.Release || node.Spec.DesiredRevision is not null) && node.Status?.ObservedGeneration != node.Metadata.Generation))
        {
            node.Status = node.Spec.Release
                ? new RuntimeNodeStatus { Phase = NodePhase.Released, ObservedGeneration = node.Metadata.Generation }
                : new RuntimeNodeStatus
                {
                    Phase = NodePhase.Updated,
                    CurrentRevision = node.Spec.DesiredRevision,
                    LastGoodRevision = node.Spec.DesiredRevision,
                    ObservedGeneration = node.Metadata.Generation,
                    Conditions = [new V1Condition { Type = "Updated", Status = "True", Reason = "Updated", Message = "", LastTransitionTime = Now.UtcDateTime }],
                };
            node.Metadata.ResourceVersion = $"{++_version}";
        }
    }

    /// <summary>Writes, and lets the agents work, until nothing is left to do.</summary>
    public void Settle()
    {
        for (var rounds = 0; rounds < 50; rounds++)
        {
            var plan = Write();
            Succeed();
            Now += TimeSpan.FromMinutes(2);
            if (plan is { Nodes.Count: 0, Statuses.Count: 0, Garbage.Count: 0, LookAgainAt: null })
                return;
        }

        throw new InvalidOperationException("it does not settle");
    }

    private void Write(NodeWrite write)
    {
        if (write is NodeWrite.Forget)
        {
            RuntimeNodes.Remove(write.Node);
            return;
        }

        if (write is NodeWrite.Create create)
        {
            RuntimeNodes[write.Node] = new RuntimeNode { Metadata = Metadata(write.Node), Spec = new RuntimeNodeSpec { DesiredRevision = create.Revision?.Value, Sources = [.. create.Sources] } };
            RuntimeNodes[write.Node].Metadata.Generation = 1;
            return;
        }

        var node = RuntimeNodes[write.Node];
        (node.Spec, node.Metadata.Annotations) = write switch
        {
            NodeWrite.Tell tell => (new RuntimeNodeSpec { DesiredRevision = tell.Revision.Value, Sources = [.. tell.Sources] }, node.Metadata.Annotations),
            NodeWrite.Release => (new RuntimeNodeSpec { Release = true }, new Dictionary<string, string> { [ReleaseMark.Annotation] = ReleaseMark.Operator }),
            _ => (new RuntimeNodeSpec(), null),
        };
        node.Metadata.Generation++;
        node.Metadata.ResourceVersion = $"{++_version}";
    }

    private V1ObjectMeta Metadata(string name, Dictionary<string, string>? labels = null) => new() { Name = name, Uid = $"uid-{name}", ResourceVersion = $"{++_version}", Labels = labels };
}
