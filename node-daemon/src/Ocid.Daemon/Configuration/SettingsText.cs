using System.Text;
using Ocid.Toml;

namespace Ocid.Daemon.Configuration;

/// <summary>Settings as a configuration file.</summary>
internal static class SettingsText
{
    /// <summary>A file to start from: every key described, with its default behind a comment sign.</summary>
    public static string Defaults(IEnumerable<Setting> settings) =>
        "# ocid.toml: every key with its default. Drop-ins in ocid.toml.d/*.toml win over this file, later names over earlier.\n\n" +
        Write(settings, setting => $"# {setting.Description}\n#{TomlWriter.Key(setting.Name)} = {setting.Default}\n\n");

    /// <summary>The values in force, and who set them.</summary>
    public static string InForce(IEnumerable<Setting> settings) =>
        Write(settings, setting => $"{TomlWriter.Key(setting.Name)} = {setting.Value}{(setting.Origin is null ? "" : $"  # {setting.Origin}")}\n");

    private static string Write(IEnumerable<Setting> settings, Func<Setting, string> line)
    {
        var text = new StringBuilder();
        foreach (var table in settings.GroupBy(setting => setting.Table).OrderBy(table => table.Key.Length > 0))
        {
            if (table.Key.Length > 0)
                text.Append(text.Length > 0 && !text.ToString().EndsWith("\n\n", StringComparison.Ordinal) ? "\n" : "").Append('[').Append(table.Key).Append("]\n");
            foreach (var setting in table)
                text.Append(line(setting));
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }
}
