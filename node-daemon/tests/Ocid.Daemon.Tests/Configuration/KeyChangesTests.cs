using System.Text.RegularExpressions;
using Ocid.Daemon.Configuration;
using Ocid.Testing;

namespace Ocid.Daemon.Tests.Configuration;

public sealed partial class KeyChangesTests
{
    [Fact]
    public void The_documentation_says_of_every_key_what_its_change_needs()
    {
        var settings = new SettingReader(new Mentions());
        _ = new OcidOptionsReader(settings, program => $"/usr/bin/{program}").Read();

        var written = Row().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/configuration.md"))).Select(row => (row.Groups["key"].Value, row.Groups["needs"].Value));

        written.Should().BeEquivalentTo(settings.Settings.Select(setting => (KeyChanges.General(setting), KeyChanges.Of(setting).ToString())).Distinct());
    }

    [GeneratedRegex(@"^\| `(?<key>[^`]+)` \| (?<needs>\w+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
