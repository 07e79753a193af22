using System.Text;
using Ocid.Toml;

namespace Ocid.Daemon.Configuration;

/// <summary>Settings as a configuration file.</summary>
internal static class SettingsText
{
    /// <summary>A file to start from: every key described, with its default behind a comment sign.</summary>
    public static string Defaults(IReadOnlyList<Setting> settings) =>
        "# ocid.toml: every key with its default. Drop-ins in ocid.toml.d/*.toml win over this file, later names over earlier.\n\n" +
        Write(settings, setting => $"# {setting.Description}\n#{TomlWriter.Key(setting.Name)} = {setting.Default}\n\n");

    /// <summary>The values in force, and who set them.</summary>
    public static string InForce(IReadOnlyList<Setting> settings) =>
        Write(settings, setting => $"{TomlWriter.Key(setting.Name)} = {setting.Value}{(setting.Origin is null ? "" : $"  # {setting.Origin}")}\n");

    private static string Write(IReadOnlyList<Setting> settings, Func<Setting, string> line)
    {
        var text = new StringBuilder();
        foreach (var table in Tables(settings))
        {
            if (table.Key.Length > 0)
                text.Append(text.Length > 0 && !text.ToString().EndsWith("\n\n", StringComparison.Ordinal) ? "\n" : "").Append('[').Append(table.Key).Append("]\n");
            foreach (var setting in table)
                text.Append(line(setting));
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    // The top first, then a table before its sub-tables, in the order in which they are read.
    private static IEnumerable<IGrouping<string, Setting>> Tables(IReadOnlyList<Setting> settings)
    {
        var order = settings.Select(setting => setting.Table.Split('.')[0]).Distinct().ToList();
        return settings.GroupBy(setting => setting.Table)
            .OrderBy(table => table.Key.Length == 0 ? -1 : order.IndexOf(table.Key.Split('.')[0]))
            .ThenBy(table => table.Key.Count(c => c == '.'));
    }
}
