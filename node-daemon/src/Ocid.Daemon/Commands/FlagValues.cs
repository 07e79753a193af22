using System.CommandLine;
using Ocid.Toml;

namespace Ocid.Daemon.Commands;

/// <summary>Flags that set keys of the configuration.</summary>
internal static class FlagValues
{
    public static IEnumerable<(string Flag, string Key, TomlValue Value)> Read(ParseResult parsed, IEnumerable<(Option<string?> Option, string Key)> flags) =>
        flags.Where(flag => parsed.GetValue(flag.Option) is not null)
            .Select(flag => (flag.Option.Name, flag.Key, (TomlValue)new TomlString(parsed.GetValue(flag.Option)!)));
}
