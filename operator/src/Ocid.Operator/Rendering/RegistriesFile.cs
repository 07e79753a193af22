using System.Text;
using Ocid.Cluster.Entities;
using Ocid.Operator.Merging;
using Ocid.Revisions;
using Ocid.Toml;

namespace Ocid.Operator.Rendering;

/// <summary>registries.conf.</summary>
/// <remarks>https://github.com/containers/image/blob/main/docs/containers-registries.conf.5.md</remarks>
internal static class RegistriesFile
{
    public static IEnumerable<RevisionContent> Of(EffectiveConfiguration configuration)
    {
        var entries = new List<TomlEntry>();
        if (configuration.Values.TryGetValue(Fields.SearchRegistries, out var search))
            entries.Add(new TomlEntry("unqualified-search-registries", search));
        if (configuration.Registries.Count > 0)
            entries.Add(new TomlEntry("registry", new TomlArray([.. configuration.Registries.Select(Registry)])));
        if (entries.Count > 0)
            yield return new RevisionContent(RevisionPath.Parse("registries.conf"), Encoding.UTF8.GetBytes(TomlWriter.Write(new TomlTable(entries))), FileMode.Readable, Disruption.Reload);
    }

    /// <summary>What the readers of the file would refuse: one place that is blocked or insecure for one prefix and not for another.</summary>
    public static IEnumerable<MergeProblem> ProblemsOf(EffectiveConfiguration configuration) =>
        from rules in configuration.Registries.GroupBy(LocationOf, StringComparer.Ordinal)
        let first = rules.First()
        from other in rules.Skip(1)
        where (other.IsInsecure, other.IsBlocked) != (first.IsInsecure, first.IsBlocked)
        select new MergeProblem(
            ProblemKind.Conflicted, Fields.Registry(other.Prefix), [.. configuration.ConfigsOf(Fields.Registry(first.Prefix)).Union(configuration.ConfigsOf(Fields.Registry(other.Prefix)))],
            $"{rules.Key} is {Say(other)} for {other.Prefix} and {Say(first)} for {first.Prefix}; registries.conf knows one answer for one place");

    private static string Say(RegistryRule rule) => (rule.IsBlocked, rule.IsInsecure) switch
    {
        (true, true) => "blocked and insecure",
        (true, false) => "blocked",
        (false, true) => "insecure",
        (false, false) => "neither blocked nor insecure",
    };

    private static string LocationOf(RegistryRule rule) => rule.Location ?? rule.Prefix;

    private static TomlTable Registry(RegistryRule rule)
    {
        var entries = new List<TomlEntry> { Text("prefix", rule.Prefix) };
        if (rule.Location is not null || !rule.Prefix.StartsWith("*.", StringComparison.Ordinal))
            entries.Add(Text("location", LocationOf(rule)));
        AddTrue(entries, "insecure", rule.IsInsecure);
        AddTrue(entries, "blocked", rule.IsBlocked);
        if (rule.Mirrors.Count > 0)
            entries.Add(new TomlEntry("mirror", new TomlArray([.. rule.Mirrors.Select(Mirror)])));
        return new TomlTable(entries);
    }

    private static TomlTable Mirror(MirrorRule mirror)
    {
        var entries = new List<TomlEntry> { Text("location", mirror.Location) };
        AddTrue(entries, "insecure", mirror.IsInsecure);
        if (mirror.Use is not MirrorPull.All)
            entries.Add(Text("pull-from-mirror", mirror.Use is MirrorPull.DigestOnly ? "digest-only" : "tag-only"));
        return new TomlTable(entries);
    }

    private static void AddTrue(List<TomlEntry> entries, string key, bool value)
    {
        if (value)
            entries.Add(new TomlEntry(key, new TomlBoolean(true)));
    }

    private static TomlEntry Text(string key, string value) => new(key, new TomlString(value));
}
