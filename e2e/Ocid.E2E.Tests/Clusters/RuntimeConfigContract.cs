using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Grpc.Core;
using k8s.Models;
using Ocid.Cluster.Api;
using Ocid.Cluster.Entities;
using Ocid.Cluster.Entities.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Clusters;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.E2E.Tests.Revisions;
using Ocid.Revisions.Nodes;
using RuntimeConfig = Ocid.Cluster.Entities.RuntimeConfig;

namespace Ocid.E2E.Tests.Clusters;

/// <summary>
/// From a RuntimeConfig to a node's pulls, and back: operator and agent as processes, the daemon that the agent installs, a real registry, and nothing in between that stands for
/// anything else. Around the API server <see cref="World"/> plays the rest of a cluster.
/// </summary>
public abstract class RuntimeConfigContract(TestMachine machine) : NodeTests(machine)
{
    private const string Image = "origin.invalid/busybox:latest";

    private protected abstract Task<IApiServer> StartServerAsync();

    [SkippableFact]
    public async Task A_RuntimeConfig_reaches_a_node_survives_what_fails_and_leaves_it_again()
    {
        SkipUnlessTheMachineCan();
        OnRequest.SkipOtherwise();
        await using var server = await StartServerAsync();
        await using var host = await AgentHost.CreateAsync(new TestNodeOptions { Registry = Machine.Registry });
        await using var cluster = await Installation.CreateAsync(server, host);
        await cluster.StartAgentAsync();
        await PullSecretAsync(cluster, "one");
        var (tree, objects) = (host.Tree(), await cluster.InventoryAsync());

        await ReachesTheNodeAsync(cluster);
        await host.Node.PullAsync(Image);
        await host.Node.Images.RemoveImageAsync(new RemoveImageRequest { Image = new ImageSpec { Image = Image } });
        await server.LookAsync(cluster);

        await SecretIsRotatedAsync(cluster);
        await ConflictHoldsAsync(cluster);
        await LockOutIsRefusedAsync(cluster);
        await PolicyRefusesAsync(cluster);
        await AgentIsKilledAsync(cluster);
        await BadRevisionIsTakenBackAsync(cluster);
        (await cluster.EventsAsync()).Should().Contain(["RevisionRendered", "Conflicted", "WouldLockOut", "VerificationFailed", "BudgetExhausted"]);

        await LeavesTheNodeAsync(cluster);
        host.Tree().Should().Equal(tree);
        (await cluster.InventoryAsync()).Where(name => !name.Contains("/rev-", StringComparison.Ordinal)).Should().Equal(objects);

        await CreateConfigAsync(cluster);
        await cluster.UpdatedAsync();
        await server.UninstallAsync(cluster);
        await cluster.Client.DeleteAsync(Resources.RuntimeConfigs, Key.Cluster(Installation.Config), default);
        (await cluster.InventoryAsync()).Should().BeSubsetOf(objects);
        host.Tree().Should().Equal(tree);
        await cluster.StopOperatorAsync();
        await cluster.KillAgentAsync();
        await host.Node.StopAsync();
    }

    // Killed after each step, the next operator goes on; and what is going to happen is said before it does.
    private async Task ReachesTheNodeAsync(Installation cluster)
    {
        cluster.StartOperator("RevisionStored");
        await CreateConfigAsync(cluster);
        await cluster.OperatorIsKilledAsync("RevisionStored");
        cluster.StartOperator("StatusWritten");
        await cluster.OperatorIsKilledAsync("StatusWritten");
        (await cluster.ConfigAsync()).Status!.Plan.Should().BeEquivalentTo(new { Disruption = Ocid.Revisions.Disruption.Restart, Nodes = 1 });
        (await cluster.RuntimeNodeAsync()).Should().BeNull();
        cluster.StartOperator("NodeCreated");
        await cluster.OperatorIsKilledAsync("NodeCreated");
        cluster.StartOperator();
        await cluster.UpdatedAsync();
    }

    private static async Task SecretIsRotatedAsync(Installation cluster)
    {
        var (before, daemon) = (await cluster.UpdatedAsync(), cluster.Host.Daemon);
        await cluster.StopOperatorAsync();
        cluster.StartOperator("NodeTold");
        await PullSecretAsync(cluster, "two");
        await cluster.OperatorIsKilledAsync("NodeTold");
        cluster.StartOperator();
        await cluster.UpdatedAsync(before);
        cluster.Host.Daemon.Should().Be(daemon, "a rotated Secret is a reload");
    }

    private static async Task ConflictHoldsAsync(Installation cluster)
    {
        var before = await cluster.UpdatedAsync();
        await cluster.ChangeAsync(new JsonObject { ["settings"] = new JsonObject { ["pidsLimit"] = 1000 } });
        before = await cluster.UpdatedAsync(before);
        await cluster.Client.CreateAsync(Resources.RuntimeConfigs, new RuntimeConfig
        {
            Metadata = new V1ObjectMeta { Name = "other" },
            Spec = new RuntimeConfigSpec { Settings = new SettingsSpec { PidsLimit = 2000 } },
        }, default);
        foreach (var name in new[] { Installation.Config, "other" })
            (await cluster.ConditionAsync("Accepted", "False", "Conflicted", name))!.Message.Should().Contain("RuntimeConfigs mirror and other have the same priority 0").And.Contain(Installation.Node);
        (await cluster.RuntimeNodeAsync())!.Spec.DesiredRevision.Should().Be(before);
        await cluster.Client.DeleteAsync(Resources.RuntimeConfigs, Key.Cluster("other"), default);
        await cluster.ConditionAsync("Accepted", "True", "Valid");
    }

    private static async Task LockOutIsRefusedAsync(Installation cluster)
    {
        var before = await cluster.UpdatedAsync();
        await cluster.ChangeAsync(new JsonObject { ["signing"] = new JsonObject { ["default"] = "Reject" } });
        (await cluster.ConditionAsync("Accepted", "False", "WouldLockOut"))!.Message.Should().MatchRegex("registry.example/ocid/(node|operator):0.1.0");
        (await cluster.RuntimeNodeAsync())!.Spec.DesiredRevision.Should().Be(before);
        await cluster.ChangeAsync(new JsonObject { ["signing"] = null });
        await cluster.ConditionAsync("Accepted", "True", "Valid");
    }

    private static async Task PolicyRefusesAsync(Installation cluster)
    {
        var (before, daemon) = (await cluster.UpdatedAsync(), cluster.Host.Daemon);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var policy = new JsonObject
        {
            ["name"] = "signed",
            ["scopes"] = new JsonArray("origin.invalid"),
            ["rootOfTrust"] = new JsonObject { ["policyType"] = "PublicKey", ["publicKey"] = new JsonObject { ["keyData"] = key.ExportSubjectPublicKeyInfoPem() } },
        };
        await cluster.ChangeAsync(new JsonObject { ["signing"] = new JsonObject { ["policies"] = new JsonArray(policy) } });
        await cluster.UpdatedAsync(before);
        await RefusedAsync(cluster);
        cluster.Host.Daemon.Should().Be(daemon, "a policy is a reload");
    }

    private static async Task AgentIsKilledAsync(Installation cluster)
    {
        foreach (var (phase, limit) in new[] { (NodePhase.Staged, 1001), (NodePhase.Applying, 1002), (NodePhase.Verifying, 1003) })
        {
            var before = await cluster.UpdatedAsync();
            await cluster.ChangeAsync(new JsonObject { ["settings"] = new JsonObject { ["pidsLimit"] = limit } });
            await Eventually.GetAsync($"the node is {phase}, or past it", cluster.RuntimeNodeAsync, node => node!.Spec.DesiredRevision != before && node.Status!.Phase is var now && (now == phase || now is NodePhase.Verifying || node.Status.CurrentRevision != before));
            await cluster.KillAgentAsync();
            await cluster.StartAgentAsync();
            await cluster.UpdatedAsync(before);
        }
    }

    private static async Task BadRevisionIsTakenBackAsync(Installation cluster)
    {
        var before = await cluster.UpdatedAsync();
        await cluster.ChangeAsync(new JsonObject
        {
            ["runtimes"] = new JsonObject { ["default"] = "bad", ["handlers"] = new JsonArray(new JsonObject { ["name"] = "bad", ["program"] = cluster.Host.BrokenProgram }) },
        });
        await Eventually.IsTrueAsync("the bad revision is being applied", () => cluster.Host.Overview.IsChanging, TimeSpan.FromMinutes(2));
        await cluster.Gate.CloseAsync();
        await cluster.KillAgentAsync();
        await Eventually.IsTrueAsync("the node has taken it back", () => cluster.Host.Overview is { IsChanging: false, State.Failed: not null }, TimeSpan.FromMinutes(3));
        cluster.Host.Overview.State.Current.Should().Be(before);
        await RefusedAsync(cluster);
        cluster.Gate.Open();
        await cluster.StartAgentAsync();
        await cluster.PhaseAsync(NodePhase.RolledBack);
        await cluster.ConditionAsync("Progressing", "False", "BudgetExhausted");
        (await cluster.ConditionAsync("Degraded", "True", "RolledBack"))!.Message.Should().Contain($"kubectl describe runtimenode {Installation.Node}");

        // What supersedes it goes out at once.
        await cluster.ChangeAsync(new JsonObject { ["runtimes"] = null });
        await cluster.UpdatedAsync();
    }

    // A RuntimeConfig that is deleted takes what it brought.
    private static async Task LeavesTheNodeAsync(Installation cluster)
    {
        await cluster.StopOperatorAsync();
        cluster.StartOperator("NodeReleased");
        await cluster.Client.DeleteAsync(Resources.RuntimeConfigs, Key.Cluster(Installation.Config), default);
        await cluster.OperatorIsKilledAsync("NodeReleased");
        cluster.StartOperator("NodeForgotten");
        await cluster.OperatorIsKilledAsync("NodeForgotten");
        await cluster.ForgottenAsync();
        cluster.StartOperator();
    }

    private Task<RuntimeConfig> CreateConfigAsync(Installation cluster) => cluster.Client.CreateAsync(Resources.RuntimeConfigs, new RuntimeConfig
    {
        Metadata = new V1ObjectMeta { Name = Installation.Config },
        Spec = new RuntimeConfigSpec
        {
            Registries = new RegistriesSpec
            {
                Items =
                [
                    new RegistryItem { Prefix = "origin.invalid", Mirrors = [new MirrorSpec { Location = Machine.Registry, Insecure = true }] },
                    new RegistryItem { Prefix = "private.invalid", CredentialsRef = new CredentialsRef { Name = "pull", AllowNodeWide = true } },
                ],
            },
            Rollout = new RolloutSpec { Canary = 1, SoakSeconds = 0 },
        },
    }, default);

    private static async Task PullSecretAsync(Installation cluster, string password)
    {
        var key = new Key(Installation.Namespace, "pull");
        var content = Encoding.UTF8.GetBytes($$$$"""{"auths":{"private.invalid":{"username":"u","password":"{{{{password}}}}"}}}""");
        if (await cluster.Client.GetAsync(Resources.Secrets, key, default) is not null)
        {
            await cluster.Client.MergePatchAsync(Resources.Secrets, key, new JsonObject { ["data"] = new JsonObject { [".dockerconfigjson"] = Convert.ToBase64String(content) } }, default);
            return;
        }

        await cluster.Client.CreateAsync(Resources.Secrets, new Secret
        {
            Metadata = new V1ObjectMeta { Name = key.Name, NamespaceProperty = key.Namespace },
            Type = "kubernetes.io/dockerconfigjson",
            Data = new Dictionary<string, byte[]> { [".dockerconfigjson"] = content },
        }, default);
    }

    private static async Task RefusedAsync(Installation cluster) =>
        (await FluentActions.Awaiting(() => cluster.Host.Node.PullAsync(Image)).Should().ThrowAsync<RpcException>()).Which.Status.Detail.Should().StartWith("SignatureValidationFailed: ");
}
