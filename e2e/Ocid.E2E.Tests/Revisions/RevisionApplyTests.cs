using Grpc.Core;
using Ocid.Agent.Applying;
using Ocid.Agent.Staging;
using Ocid.Cri.V1;
using Ocid.E2E.Nodes;
using Ocid.E2E.Pods;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Revisions;

/// <summary>Revisions on a whole node, without a cluster: what the one-shot host process does.</summary>
public sealed class RevisionApplyTests(TestMachine machine) : NodeTests(machine)
{
    private const string Image = "origin.invalid/busybox:latest";
    private const string Reject = """{"default":[{"type":"reject"}]}""";

    // Nothing is in force any more that a dead man could find, or none was there yet.
    private static readonly ApplyStep[] WithoutDeadMan = [ApplyStep.Validated, ApplyStep.Recorded, ApplyStep.SwappedBack, ApplyStep.RestartedBack, ApplyStep.RememberedBack, ApplyStep.Done];

    [SkippableFact]
    public async Task A_mirror_and_a_policy_reach_the_daemon_a_bad_revision_takes_itself_back_and_release_leaves_nothing()
    {
        await using var host = await CreateAsync();
        var before = host.Tree();

        await host.ApplyAsync(host.Stage(Live, Mirror));
        await PullAsync(host);
        var daemon = host.Daemon;
        await RemoveAsync(host);

        var strict = host.Stage(Live, Mirror, ("policy.json", Reject, Disruption.Reload));
        await host.ApplyAsync(strict);
        (await Refused(host)).Should().StartWith("SignatureValidationFailed: ");
        host.Daemon.Should().Be(daemon, "a mirror and a policy are a reload");

        var bad = host.Stage(Live, Mirror, host.BrokenRuntime);
        var result = await host.TryApplyAsync(bad);
        result.ExitCode.Should().Be(1);
        result.Error.Should().StartWith($"ocid: revision {bad} is taken back: ");
        host.Overview.State.Should().BeEquivalentTo(new { Phase = NodePhase.RolledBack, Current = strict.Value, LastGood = strict.Value, Failed = bad.Value });
        host.Overview.Drift.Should().BeEmpty();
        (await Refused(host)).Should().StartWith("SignatureValidationFailed: ", "what was in force is in force again");

        var released = await host.RunAsync([], "node", "release", "--root", host.Paths.Root);
        released.Output.Should().Be("released\n", released.Error);
        host.Tree().Should().Equal(before);
        await host.Node.StopAsync();
    }

    [SkippableFact]
    public async Task A_reload_is_waited_for_and_one_that_the_daemon_refuses_is_taken_back_at_once()
    {
        await using var host = await CreateAsync();
        await host.ApplyAsync(host.Stage(Live, Mirror));
        var daemon = host.Daemon;

        await host.ApplyAsync(host.Stage(Live, Mirror, Handler(Tool.Find("runc")!)));
        (await host.Node.Runtime.StatusAsync(new StatusRequest())).RuntimeHandlers.Select(handler => handler.Name).Should().Contain("other");

        var result = await host.TryApplyAsync(host.Stage(Live, Mirror, Handler(Tool.Find("false")!)));
        result.Error.Should().Contain($"is taken back: the daemon refuses the configuration: {Tool.Find("false")} --version: exit code 1").And.NotContain("after 120 s");
        (await host.Node.Runtime.StatusAsync(new StatusRequest())).RuntimeHandlers.Select(handler => handler.Name).Should().Contain("other");
        host.Daemon.Should().Be(daemon);
        await host.RunAsync([], "node", "release", "--root", host.Paths.Root);
        await host.Node.StopAsync();

        static (string, string, Disruption) Handler(string program) => ("10-reload.toml", $"[runtime.handlers.other]\nprogram = \"{program}\"\n", Disruption.Reload);
    }

    [SkippableFact]
    public async Task A_file_that_the_daemon_cannot_read_is_refused_with_its_place()
    {
        await using var host = await CreateAsync();
        var bad = host.Stage(("10-live.toml", "log_level = \"loud\"\n", Disruption.Reload));

        var result = await host.TryApplyAsync(bad);

        result.ExitCode.Should().Be(1);
        result.Error.Should().StartWith($"ocid: revision {bad} is refused: ocid.toml.d/90-revision-10-live.toml:1:13: log_level");
        host.Overview.State.Current.Should().BeNull();
        await host.Node.StopAsync();
    }

    [SkippableFact]
    public async Task Killed_after_any_step_the_node_is_on_one_revision_whole()
    {
        await using var host = await CreateAsync();
        var good = host.Stage(Live, Mirror, ("20-restart.toml", "log_level = \"debug\"\n", Disruption.Restart));
        await host.ApplyAsync(good);

        foreach (var step in Enum.GetValues<ApplyStep>())
        {
            var isBack = step >= ApplyStep.SwappedBack;
            var next = isBack
                ? host.Stage(Live, host.BrokenRuntime)
                : host.Stage(Live, Mirror, ("20-restart.toml", $"log_level = \"info\"\n# {step}\n", Disruption.Restart));

            var result = await host.TryApplyAsync(next, step);
            result.ExitCode.Should().Be(137, $"{step}: {result.Error}");
            if (WithoutDeadMan.Contains(step))
                (await host.RunAsync([], "apply", "--recover", "--root", host.Paths.Root)).ExitCode.Should().Be(0, step.ToString());
            await Eventually.IsTrueAsync($"{step}: the change has ended", () => !host.Overview.IsChanging, TimeSpan.FromMinutes(2));

            var isKept = step is ApplyStep.Remembered or ApplyStep.Done;
            var current = isKept ? next : good;
            new StagedRevisions(host.Paths).Current.Should().Be(current, step.ToString());
            host.Overview.Drift.Should().BeEmpty(step.ToString());
            if (step != ApplyStep.Validated)
                host.Overview.State.LastGood.Should().Be(current.Value, step.ToString());
            (await host.Node.WaitUntilReadyAsync()).Status.Conditions.Should().NotBeEmpty();
            if (isKept)
                await host.ApplyAsync(good);
        }

        await host.RunAsync([], "node", "release", "--root", host.Paths.Root);
        await host.Node.StopAsync();
    }

    private static (string, string, Disruption) Live => ("10-live.toml", "[images]\nconfig_dirs = [\"@DIR@\"]\n", Disruption.Restart);

    private (string, string, Disruption) Mirror =>
        ("registries.conf", $"[[registry]]\nlocation = 'origin.invalid'\n[[registry.mirror]]\nlocation = '{Machine.Registry}'\ninsecure = true\n", Disruption.Reload);

    private async Task<AgentHost> CreateAsync()
    {
        SkipUnlessTheMachineCan();
        return await AgentHost.CreateAsync(new TestNodeOptions { Registry = Machine.Registry });
    }

    private static Task<string> PullAsync(AgentHost host) => host.Node.PullAsync(Image);

    private static async Task RemoveAsync(AgentHost host) => await host.Node.Images.RemoveImageAsync(new RemoveImageRequest { Image = new ImageSpec { Image = Image } });

    private static async Task<string> Refused(AgentHost host) =>
        (await FluentActions.Awaiting(() => PullAsync(host)).Should().ThrowAsync<RpcException>()).Which.Status.Detail;
}
