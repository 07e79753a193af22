namespace Ocid.Revisions.Tests;

public sealed class RevisionComparisonTests
{
    private static readonly RevisionContent Registries = A.File("registries.conf", "x");
    private static readonly RevisionContent Root = A.File("30-storage.toml", "x", Disruption.Drain);

    private static RevisionComparison Between(Revision? from, Revision to) => RevisionComparison.Between(from?.Document, to.Document);

    [Fact]
    public void The_same_costs_nothing()
    {
        var comparison = Between(A.Revision(Registries, Root), A.Revision(Root, Registries));

        comparison.Changes.Should().BeEmpty();
        comparison.Disruption.Should().Be(Disruption.None);
    }

    [Fact]
    public void It_costs_the_most_that_a_file_needs_that_came_went_or_changed()
    {
        var comparison = Between(
            A.Revision(Registries, A.File("auth.json"), A.File("same", needs: Disruption.Drain)),
            A.Revision(A.File("registries.conf", "y"), A.File("20-restart.toml", needs: Disruption.Restart), A.File("same", needs: Disruption.Drain)));

        comparison.Changes.Should().Equal(
            new RevisionChange(RevisionPath.Parse("20-restart.toml"), ChangeKind.Added, Disruption.Restart),
            new RevisionChange(RevisionPath.Parse("auth.json"), ChangeKind.Removed, Disruption.Reload),
            new RevisionChange(RevisionPath.Parse("registries.conf"), ChangeKind.Changed, Disruption.Reload));
        comparison.Disruption.Should().Be(Disruption.Restart);
    }

    [Fact]
    public void A_file_that_goes_needs_what_it_needed() =>
        Between(A.Revision(Registries, Root), A.Revision(Registries)).Disruption.Should().Be(Disruption.Drain);

    [Fact]
    public void Another_mode_is_a_change() =>
        Between(A.Revision(Registries), A.Revision(Registries with { Mode = 0x180 })).Disruption.Should().Be(Disruption.Reload);

    [Fact]
    public void Another_version_of_the_runtime_is_a_restart()
    {
        var newer = Revision.Create(new RevisionRuntime("0.2.0", InstallMode.Managed), KubeletMode.Keep, [Registries]);

        var comparison = Between(A.Revision(Registries), newer);

        comparison.RuntimeChanges.Should().BeTrue();
        comparison.Changes.Should().BeEmpty();
        comparison.Disruption.Should().Be(Disruption.Restart);
    }

    [Fact]
    public void A_kubelet_that_changes_its_runtime_is_a_drain() =>
        Between(A.Revision(Registries), Revision.Create(A.Runtime, KubeletMode.Switch, [Registries])).Disruption.Should().Be(Disruption.Drain);

    [Fact]
    public void The_first_revision_of_a_node_is_a_restart() => Between(null, A.Revision(Registries)).Disruption.Should().Be(Disruption.Restart);
}
