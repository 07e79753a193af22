using Ocid.Agent.Applying;
using Ocid.Agent.Staging;
using Ocid.Primitives;
using Ocid.Revisions;
using Ocid.Revisions.Nodes;

namespace Ocid.Agent.Tests.Applying;

public sealed class RevisionApplyTests : IDisposable
{
    private static readonly (string, string, Disruption) Mirror = ("registries.conf", "mirror", Disruption.Reload);
    private static readonly (string, string, Disruption) Live = ("10-live.toml", "", Disruption.Reload);

    private readonly TestHost _host = new();
    private readonly FakeServices _services = new();

    private NodeOverview Overview => NodeOverview.Read(_host.Paths);

    [Fact]
    public async Task A_revision_comes_into_force_and_release_leaves_the_host_as_before()
    {
        var before = _host.Tree();

        var hash = _host.Stage(Mirror, Live);
        await ApplyAsync(hash);

        Overview.State.Should().BeEquivalentTo(new { Phase = NodePhase.Updated, Current = hash.Value, LastGood = hash.Value, Failed = (string?)null, Message = "" });
        Overview.IsChanging.Should().BeFalse();
        Overview.Drift.Should().BeEmpty();
        _services.Calls.Should().Equal("launch ocid-dead-man", "restart");
        var dropIn = Path.Combine(_host.Paths.DropIns, "90-revision-10-live.toml");
        new FileInfo(dropIn).LinkTarget.Should().Be(Path.Combine(_host.Paths.CurrentRevision, "10-live.toml"));

        (await new NodeRelease(Parts()).RunAsync(default)).Should().BeEmpty();
        _host.Tree().Should().Equal(before);
    }

    [Fact]
    public async Task A_change_of_a_mirror_is_a_reload()
    {
        await ApplyAsync(_host.Stage(Mirror, Live));
        _services.Calls.Clear();

        await ApplyAsync(_host.Stage(("registries.conf", "another", Disruption.Reload), Live));

        _services.Calls.Should().Contain("reload").And.NotContain("restart");
    }

    [Fact]
    public async Task A_policy_that_goes_is_a_restart()
    {
        await ApplyAsync(_host.Stage(Mirror, ("policy.json", "{}", Disruption.Reload)));
        _services.Calls.Clear();

        await ApplyAsync(_host.Stage(Mirror));

        _services.Calls.Should().Contain("restart");
    }

    [Fact]
    public async Task What_the_daemons_own_reader_refuses_changes_nothing()
    {
        var good = _host.Stage(Mirror, Live);
        await ApplyAsync(good);
        _services.Calls.Clear();
        var bad = _host.Stage(("10-live.toml", "broken", Disruption.Reload));

        var apply = () => ApplyAsync(bad);

        (await apply.Should().ThrowAsync<OcidException>()).WithMessage($"revision {bad} is refused: ocid.toml.d/90-revision-10-live.toml:1:1: it is broken");
        _services.Calls.Should().BeEmpty();
        Overview.State.Should().BeEquivalentTo(new { Phase = NodePhase.RolledBack, Current = good.Value, LastGood = good.Value, Failed = bad.Value });
        new StagedRevisions(_host.Paths).Current.Should().Be(good);
    }

    [Fact]
    public async Task A_revision_that_does_not_work_is_taken_back()
    {
        var good = _host.Stage(Mirror, Live);
        await ApplyAsync(good);
        _services.Calls.Clear();
        var bad = _host.Stage(("registries.conf", "canary fails", Disruption.Reload), Live, ("20-restart.toml", "", Disruption.Restart));

        var apply = () => ApplyAsync(bad);

        (await apply.Should().ThrowAsync<OcidException>()).WithMessage($"revision {bad} is taken back: the canary pod does not run: it ended with 1");
        _services.Calls.Count(call => call == "restart").Should().Be(2, "there and back");
        new StagedRevisions(_host.Paths).Current.Should().Be(good);
        Directory.GetFiles(_host.Paths.DropIns).Select(Path.GetFileName).Should().Equal("90-revision-10-live.toml");
        Overview.State.Should().BeEquivalentTo(new { Phase = NodePhase.RolledBack, Current = good.Value, LastGood = good.Value, Failed = bad.Value });
        Overview.Drift.Should().BeEmpty();
    }

    [Fact]
    public async Task The_first_revision_that_does_not_work_leaves_no_runtime_behind()
    {
        var bad = _host.Stage(("registries.conf", "canary fails", Disruption.Reload), Live);

        await FluentActions.Awaiting(() => ApplyAsync(bad)).Should().ThrowAsync<OcidException>();

        _services.Calls.Should().EndWith("stop");
        File.Exists(_host.Paths.ProgramLink).Should().BeFalse();
        Overview.State.Should().BeEquivalentTo(new { Phase = NodePhase.RolledBack, Current = (string?)null, Failed = bad.Value });
    }

    [Fact]
    public async Task A_missing_handler_is_named()
    {
        var bad = _host.Stage(("20-restart.toml", "[runtime.handlers.kata]\nprogram = \"/usr/bin/kata\"", Disruption.Restart));

        var apply = () => ApplyAsync(bad);

        (await apply.Should().ThrowAsync<OcidException>()).WithMessage("*the daemon has no runtime handler kata: it has runc");
    }

    [Fact]
    public async Task Staged_files_that_were_edited_are_not_put_into_force()
    {
        var hash = _host.Stage(Mirror, Live);
        var edited = Path.Combine(new StagedRevisions(_host.Paths).PathOf(hash), "registries.conf");
        File.WriteAllText(edited, "edited");

        var apply = () => ApplyAsync(hash);

        (await apply.Should().ThrowAsync<OcidException>()).WithMessage($"revision {hash}: {edited} is not what was staged");
    }

    [Fact]
    public async Task A_file_of_the_administrators_that_a_name_of_ours_hid_comes_back()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_host.Paths.ProgramLink)!);
        File.WriteAllText(_host.Paths.ProgramLink, "theirs");
        var before = _host.Tree();

        await ApplyAsync(_host.Stage(Mirror));
        new FileInfo(_host.Paths.ProgramLink).LinkTarget.Should().NotBeNull();
        await new NodeRelease(Parts()).RunAsync(default);

        _host.Tree().Should().Equal(before);
    }

    [Fact]
    public async Task A_preinstalled_runtime_is_configured_and_released_but_neither_stopped_nor_emptied()
    {
        _host.Preinstall();
        var before = _host.Tree();

        await ApplyAsync(_host.Stage(InstallMode.Preinstalled, Mirror));
        File.Exists(_host.Paths.ProgramLink).Should().BeFalse();
        _services.Calls.Clear();
        var parts = Parts();
        await new NodeRelease(parts).RunAsync(default);

        _services.Calls.Should().Equal("read units", "restart");
        ((FakeRuntime)parts.Runtime).Sweeps.Should().Be(0);
        // What the daemon made for itself is its own.
        _host.Tree().Where(entry => !entry.Contains("/host/run", StringComparison.Ordinal) && !entry.Contains("/host/var", StringComparison.Ordinal)).Should().Equal(before);
    }

    [Fact]
    public async Task On_a_node_of_another_runtime_the_images_are_kept_apart()
    {
        var socket = _host.Paths.Below("run/crio/crio.sock");
        Directory.CreateDirectory(Path.GetDirectoryName(socket)!);
        File.WriteAllText(socket, "");
        var before = _host.Tree();

        await ApplyAsync(_host.Stage(Mirror));

        File.ReadAllText(Path.Combine(_host.Paths.DropIns, "50-agent.toml")).Should().Contain($"root = \"{_host.Paths.Below("var/lib/ocid/storage")}\"");
        await new NodeRelease(Parts()).RunAsync(default);
        _host.Tree().Should().Equal(before);
    }

    public void Dispose() => _host.Dispose();

    private Task ApplyAsync(RevisionHash hash) => new RevisionApply(Parts()).RunAsync(hash, default);

    private NodeParts Parts() => new() { Paths = _host.Paths, Services = _services, Runtime = new FakeRuntime(_host.Paths), DeadMan = ["/bin/true"] };
}
