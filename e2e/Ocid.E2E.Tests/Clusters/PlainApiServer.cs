using System.Net;
using System.Text.Json.Nodes;
using k8s;
using k8s.Models;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities.Core;
using Ocid.E2E.Clusters;
using Ocid.Revisions;

namespace Ocid.E2E.Tests.Clusters;

/// <summary>An API server without the chart: the objects of it that the operator needs, and everybody an administrator.</summary>
internal abstract class PlainApiServer : IApiServer
{
    public abstract IPEndPoint EndPoint { get; }

    public abstract string? Authority { get; }

    public IReadOnlyList<string> AgentArguments => [];

    /// <summary>The file with the administrator's token; null where nobody asks for one.</summary>
    protected abstract string? TokenFile { get; }

    public abstract Kubernetes Connect();

    public async Task InstallAsync(ClusterClient client)
    {
        foreach (var name in new[] { Installation.Namespace, Installation.AgentNamespace, RevisionSecret.DefaultNamespace })
            await client.CreateAsync(Resources.Namespaces, new NamespaceObject { Metadata = new V1ObjectMeta { Name = name } }, default);
        await client.CreateAsync(Resources.ConfigMaps, new ConfigMap { Metadata = new V1ObjectMeta { Name = "ocid-operator", NamespaceProperty = Installation.Namespace } }, default);
        var labels = new Dictionary<string, string> { ["app.kubernetes.io/component"] = "agent" };
        await client.CreateAsync(World.DaemonSets, new DaemonSetObject
        {
            Metadata = new V1ObjectMeta { Name = "ocid-agent", NamespaceProperty = Installation.AgentNamespace },
            Spec = new DaemonSetObject.DaemonSetSpec
            {
                Selector = new V1LabelSelector { MatchLabels = labels },
                Template = new DaemonSetObject.PodTemplate
                {
                    Metadata = new V1ObjectMeta { Labels = labels },
                    Spec = new JsonObject { ["containers"] = new JsonArray(new JsonObject { ["name"] = "agent", ["image"] = Installation.AgentImage }) },
                },
            },
        }, default);
    }

    public Task<string?> AgentTokenAsync(string node) => Task.FromResult(TokenFile);

    public async Task<OperatorSetup> OperatorAsync(string folder, int port)
    {
        var file = Path.Combine(folder, "kubeconfig");
        await File.WriteAllTextAsync(file, Authority is null
            ? KubeconfigText.Of($"http://127.0.0.1:{port}", "{}")
            : KubeconfigText.Of($"https://127.0.0.1:{port}", $"{{token: {(await File.ReadAllTextAsync(TokenFile!)).Trim()}}}"));
        return new OperatorSetup(["--kubeconfig", file], ["--leader-elect", "--probe-address", "none", "--metrics-address", "none", "--protect-image", $"agent={Installation.AgentImage}"]);
    }

    public Task LookAsync(Installation cluster) => Task.CompletedTask;

    // What the chart's hook does, beside the operator that runs.
    public async Task UninstallAsync(Installation cluster)
    {
        var released = await cluster.OperatorAsync("release", "--timeout", "4m");
        (released.ExitCode, released.Output).Should().Be((0, "released 1 node\n"), released.Error);
    }

    public abstract ValueTask DisposeAsync();
}
