using System.Net;
using System.Net.Http.Headers;
using Grpc.Core;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.E2E.Tests.Programs;
using Ocid.Revisions;

namespace Ocid.E2E.Tests.Revisions;

/// <summary>From the API object to the pull, and back: the agent as a process of its own, the daemon that it installs, a real registry.</summary>
public sealed class AgentTests(TestMachine machine) : NodeTests(machine)
{
    private const string Image = "origin.invalid/busybox:latest";
    private const string Credentials = "{\"auths\":{\"origin.invalid\":{\"auth\":\"dXNlcjpPTkU=\"}}}";
    private const string Rotated = "{\"auths\":{\"origin.invalid\":{\"auth\":\"dXNlcjpUV08=\"}}}";

    private static (string, string, Disruption) Live => ("10-live.toml", "[images]\nconfig_dirs = [\"@DIR@\"]\n", Disruption.Restart);

    private static (string, string, Disruption) Policy => ("policy.json", """{"default":[{"type":"reject"}]}""", Disruption.Reload);

    private (string, string, Disruption) Mirror =>
        ("registries.conf", $"[[registry]]\nlocation = 'origin.invalid'\n[[registry.mirror]]\nlocation = '{Machine.Registry}'\ninsecure = true\n", Disruption.Reload);

    [SkippableFact]
    public async Task A_RuntimeNode_reaches_the_pulls_of_its_node_survives_kills_and_a_stopped_API_server_and_leaves_nothing()
    {
        SkipUnlessTheMachineCan();
        await using var host = await AgentHost.CreateAsync(new TestNodeOptions { Registry = Machine.Registry });
        await using var api = await OneNodeCluster.StartNewAsync();
        // Another runtime is here.
        Directory.CreateDirectory(host.Paths.Below("run/containerd"));
        await File.WriteAllTextAsync(host.Paths.Below("run/containerd/containerd.sock"), "");
        var before = host.Tree();
        var theirs = host.Theirs();
        theirs.Should().HaveCountGreaterThan(10);
        var metrics = FreePort.Find();
        var agent = StartAgent(host, api, metrics);

        // Nothing is done to a node that nobody asked anything of.
        await api.AskAsync(null);
        await PhaseAsync(api, agent, "Pending");
        host.Tree().Should().Equal(before);

        var mirrored = host.Revision(Live, Mirror, ("auth.json", Credentials, Disruption.Reload));
        await AskAsync(api, agent, mirrored, "Updated");
        ((string?)api.Status!["currentRevision"]).Should().Be(mirrored.Hash.Value);
        ((bool?)api.Status["serving"]).Should().BeFalse("the kubelet is on containerd");
        ((string?)api.Status["runtime"]!["version"]).Should().Be(host.Version);
        TrueOf(api).Should().Equal("Applied", "Ready", "Reloaded", "Staged", "Updated", "Verified");
        var since = (DateTimeOffset)api.Condition("Updated")["lastTransitionTime"]!;
        since.Should().BeCloseTo(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(5));
        await host.Node.PullAsync(Image);
        await host.Node.Images.RemoveImageAsync(new RemoveImageRequest { Image = new ImageSpec { Image = Image } });
        var daemon = host.Daemon;

        await MetricsAreForWhoMayReadThemAsync(metrics);

        // A rotated Secret and a new policy: the daemon goes on.
        await AskAsync(api, agent, host.Revision(Live, Mirror, ("auth.json", Rotated, Disruption.Reload)), "Updated");
        ((DateTimeOffset)api.Condition("Updated")["lastTransitionTime"]!).Should().BeAfter(since, "a canary's soak begins anew");
        // Another agent finds all as it is to be, and says nothing.
        var writes = api.Writes;
        await agent.KillAsync();
        agent = StartAgent(host, api, metrics);
        var strict = host.Revision(Live, Mirror, Policy);
        await AskAsync(api, agent, strict, "Updated");
        (api.Writes - writes).Should().BeLessThanOrEqualTo(4, "staged, applying, verifying, updated");
        host.Daemon.Should().Be(daemon);
        await RefusedAsync(host);
        host.Theirs().Should().Equal(theirs, "what is another runtime's stays as it is, to the byte, while ocid runs beside it");

        // A bad revision, and nobody to ask: the node takes it back itself; the next agent reports it.
        var bad = host.Revision(Live, Mirror, host.BrokenRuntime);
        await api.AddAsync(bad);
        await api.AskAsync(bad.Hash.Value);
        await Eventually.IsTrueAsync("the bad revision is being applied", () => host.Overview.IsChanging, TimeSpan.FromMinutes(2));
        await api.StopAsync();
        await agent.KillAsync();
        await Eventually.IsTrueAsync("the node has taken it back", () => host.Overview is { IsChanging: false, State.Failed: not null }, TimeSpan.FromMinutes(3));
        host.Overview.State.Current.Should().Be(strict.Hash.Value);
        host.Theirs().Should().Equal(theirs);
        await RefusedAsync(host);
        await api.StartAsync();
        agent = StartAgent(host, api, metrics);
        await PhaseAsync(api, agent, "RolledBack");
        ((string?)api.Status!["failedRevision"]).Should().Be(bad.Hash.Value);
        TrueOf(api).Should().Contain(["Degraded", "Ready"]).And.NotContain("Updated");
        ((string?)api.Condition("Degraded")["reason"]).Should().Be("RolledBack");
        ((string?)api.Condition("Degraded")["message"]).Should().Contain(bad.Hash.Value);

        // Drift is reported and left alone.
        var edited = Path.Combine(host.Paths.Revisions, strict.Hash.Value, "registries.conf");
        var content = await File.ReadAllTextAsync(edited);
        await File.WriteAllTextAsync(edited, content + "# by hand\n");
        await api.AskAsync(bad.Hash.Value);
        await Eventually.IsTrueAsync("drift is reported", () => api.Status!["drift"]?.AsArray().Any(path => (string?)path == edited) ?? false);
        ((string?)api.Condition("Drifted")["message"]).Should().StartWith(edited);

        await api.AskAsync(null, release: true);
        await PhaseAsync(api, agent, "Released");
        TrueOf(api).Should().BeEmpty();
        host.Tree().Should().Equal(before);
        await agent.StopAsync();
        await host.Node.StopAsync();
    }

    private static OcidProcess StartAgent(AgentHost host, OneNodeCluster api, int metrics) => OcidProcess.Start(
        OcidProgram.Published, Path.Combine(host.Node.Folders.Output, "agent"), "agent", "--node-name", OneNodeCluster.NodeName, "--root", host.Paths.Root, "--api-server", api.Address.ToString(),
        "--metrics-address", $"127.0.0.1:{metrics}", "--runtime-endpoint", $"unix://{host.Node.Folders.Socket}");

    private static IEnumerable<string?> TrueOf(OneNodeCluster api) => api.Status!["conditions"]!.AsArray().Where(condition => (string?)condition!["status"] == "True").Select(condition => (string?)condition!["type"]);

    private static async Task MetricsAreForWhoMayReadThemAsync(int port)
    {
        using var http = new HttpClient(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, certificate, _, _) => certificate!.Subject == "CN=ocid-agent" });
        foreach (var (token, expected) in new[] { (null, HttpStatusCode.Unauthorized), ("nobody", HttpStatusCode.Forbidden), ("somebody", HttpStatusCode.Forbidden), (OneNodeCluster.MetricsReader, HttpStatusCode.OK) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"https://127.0.0.1:{port}/metrics");
            request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
            using var answer = await http.SendAsync(request);
            answer.StatusCode.Should().Be(expected, token);
            if (expected == HttpStatusCode.OK)
                (await answer.Content.ReadAsStringAsync()).Should().Contain("operations_total");
        }
    }

    private static async Task AskAsync(OneNodeCluster api, OcidProcess agent, Revision revision, string phase)
    {
        await api.AddAsync(revision);
        await api.AskAsync(revision.Hash.Value);
        await Eventually.IsTrueAsync(
            $"revision {revision.Hash} is {phase}; {api.Status}",
            () => (api.Phase == phase && (string?)api.Status!["currentRevision"] == revision.Hash.Value) || (agent.HasExited ? throw Exited(agent) : false),
            TimeSpan.FromMinutes(3));
    }

    private static Task PhaseAsync(OneNodeCluster api, OcidProcess agent, string phase) =>
        Eventually.IsTrueAsync($"phase {phase}; {api.Status}", () => api.Phase == phase || (agent.HasExited ? throw Exited(agent) : false), TimeSpan.FromMinutes(3));

    private static InvalidOperationException Exited(OcidProcess agent) => new($"the agent ended: {File.ReadAllText(agent.Output)}");

    private static async Task RefusedAsync(AgentHost host) =>
        (await FluentActions.Awaiting(() => host.Node.PullAsync(Image)).Should().ThrowAsync<RpcException>()).Which.Status.Detail.Should().StartWith("SignatureValidationFailed: ");
}
