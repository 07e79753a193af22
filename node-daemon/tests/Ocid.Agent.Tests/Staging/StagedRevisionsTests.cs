using Ocid.Agent.Staging;
using Ocid.Revisions;

namespace Ocid.Agent.Tests.Staging;

public sealed class StagedRevisionsTests : IDisposable
{
    private readonly TestHost _host = new();

    private StagedRevisions Staged => new(_host.Paths);

    [Fact]
    public void A_staged_revision_names_its_own_directory_in_a_policy_and_the_link_in_the_daemons_own_files()
    {
        var hash = _host.Stage(
            ("10-live.toml", "dir = \"@DIR@\"", Disruption.Reload), ("policy.json", "{\"keyPath\":\"@DIR@/keys/corp.pub\"}", Disruption.Reload), ("keys/corp.pub", "@DIR@", Disruption.Reload));
        var directory = Staged.PathOf(hash);

        File.ReadAllText(Path.Combine(directory, "10-live.toml")).Should().Be($"dir = \"{_host.Paths.CurrentRevision}\"");
        File.ReadAllText(Path.Combine(directory, "policy.json")).Should().Be($"{{\"keyPath\":\"{directory}/keys/corp.pub\"}}");
        File.ReadAllText(Path.Combine(directory, "keys/corp.pub")).Should().Be("@DIR@");
        File.GetUnixFileMode(Path.Combine(directory, "keys")).Should().Be(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Staged.Document(hash)!.Files.Should().HaveCount(3);
        Staged.Current.Should().BeNull("staging puts nothing into force");
    }

    [Fact]
    public void A_file_that_was_edited_or_deleted_is_drift_until_it_is_staged_again()
    {
        (string, string, Disruption)[] files = [("registries.conf", "a", Disruption.Reload), ("policy.json", "{}", Disruption.Reload)];
        var hash = _host.Stage(files);
        var (edited, deleted) = (Path.Combine(Staged.PathOf(hash), "registries.conf"), Path.Combine(Staged.PathOf(hash), "policy.json"));
        Staged.Drifted(hash).Should().BeEmpty();

        File.WriteAllText(edited, "edited");
        File.Delete(deleted);
        Staged.Drifted(hash).Should().BeEquivalentTo(edited, deleted);

        _host.Stage(files);
        Staged.Drifted(hash).Should().BeEmpty();
    }

    [Fact]
    public void Prune_keeps_what_is_needed()
    {
        var (old, current) = (_host.Stage(("registries.conf", "1", Disruption.Reload)), _host.Stage(("registries.conf", "2", Disruption.Reload)));

        Staged.Prune([current]);

        Staged.All.Should().Equal(current);
        Staged.Document(old).Should().BeNull();
    }

    public void Dispose() => _host.Dispose();
}
