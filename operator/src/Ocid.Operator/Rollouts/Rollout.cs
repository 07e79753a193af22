namespace Ocid.Operator.Rollouts;

/// <summary>
/// Decides what each node is told next. Everything is read off the nodes, so that an operator that starts anew goes on where another stopped: what was
/// decided before shows in what the nodes were told.
/// </summary>
internal static class Rollout
{
    /// <param name="groups">Every node once.</param>
    /// <param name="now">The time.</param>
    /// <returns>One for each group, in the order of their names.</returns>
    public static IReadOnlyList<RolloutProgress> Decide(IEnumerable<RolloutGroup> groups, DateTimeOffset now)
    {
        var sorted = groups.OrderBy(group => group.Config, StringComparer.Ordinal).ThenBy(group => group.Target.Value, StringComparer.Ordinal).ToList();
        var availability = new Availability(sorted.SelectMany(group => group.Nodes));
        return [.. sorted.Select(group => new GroupRollout(group, availability, now).Decide())];
    }
}
