namespace Ocid.Revisions;

/// <summary>What differs between the revision that a node has and another, and what the step costs the node.</summary>
public sealed class RevisionComparison
{
    private RevisionComparison(IReadOnlyList<RevisionChange> changes, bool runtimeChanges, bool kubeletChanges) =>
        (Changes, RuntimeChanges, KubeletChanges) = (changes, runtimeChanges, kubeletChanges);

    /// <summary>The files that differ, in the order of their paths.</summary>
    public IReadOnlyList<RevisionChange> Changes { get; }

    /// <summary>Whether the runtime's version, or who installs it, differs.</summary>
    public bool RuntimeChanges { get; }

    /// <summary>Whether the kubelet changes its runtime.</summary>
    public bool KubeletChanges { get; }

    /// <summary>What the step costs: the most that one of the differences needs.</summary>
    public Disruption Disruption
    {
        get
        {
            var needs = KubeletChanges ? Disruption.Drain : RuntimeChanges ? Disruption.Restart : Disruption.None;
            return Changes.Select(change => change.Needs).Append(needs).Max();
        }
    }

    /// <summary>Compares.</summary>
    /// <param name="from">What a node has; null where it has nothing yet: then the daemon is to be installed or started again.</param>
    /// <param name="to">What it is to have.</param>
    public static RevisionComparison Between(RevisionDocument? from, RevisionDocument to)
    {
        var before = Files(from);
        var after = Files(to);
        var changes = new SortedSet<RevisionPath>(before.Keys.Concat(after.Keys), RevisionPath.Order)
            .Select(path => Change(path, before.GetValueOrDefault(path), after.GetValueOrDefault(path))).OfType<RevisionChange>();
        return new RevisionComparison([.. changes], from?.Runtime != to.Runtime, (from?.Kubelet ?? KubeletMode.Keep) != to.Kubelet);
    }

    private static Dictionary<RevisionPath, RevisionFile> Files(RevisionDocument? document) => (document?.Files ?? []).ToDictionary(file => file.Path);

    private static RevisionChange? Change(RevisionPath path, RevisionFile? before, RevisionFile? after) => (before, after) switch
    {
        (null, { } added) => new RevisionChange(path, ChangeKind.Added, added.Needs),
        ({ } removed, null) => new RevisionChange(path, ChangeKind.Removed, removed.Needs),
        ({ } old, { } now) when (old.Digest, old.Mode) != (now.Digest, now.Mode) => new RevisionChange(path, ChangeKind.Changed, Max(old.Needs, now.Needs)),
        _ => null,
    };

    private static Disruption Max(Disruption a, Disruption b) => a > b ? a : b;
}
