using Ocid.Toml;

namespace Ocid.Daemon.Configuration;

/// <summary>Where a value was set: a file and a place in it, or a command-line flag.</summary>
internal sealed record Origin(string Source, TomlPosition Position)
{
    public override string ToString() => Position == default ? Source : $"{Source}:{Position}";
}
