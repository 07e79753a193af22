using Ocid.Toml;

namespace Ocid.Daemon.Configuration;

/// <summary>Which files to read, and what the command line sets.</summary>
internal sealed record ConfigurationRequest
{
    public const string DefaultFile = "/etc/ocid/ocid.toml";

    /// <summary>The main file; its drop-ins are <c>*.toml</c> in the directory of that name with <c>.d</c> behind. Only the default one may be absent.</summary>
    public string File { get; init; } = DefaultFile;

    /// <summary>Where the store's defaults are: the first of these that has a file, or a drop-in of one, each with its files, the nearest first.</summary>
    public IReadOnlyList<IReadOnlyList<string>> StorageFiles { get; init; } = [["/etc/ocid/storage.conf"], ["/etc/containers/storage.conf", "/usr/share/containers/storage.conf"]];

    public IReadOnlyList<(string Flag, string Key, TomlValue Value)> Flags { get; init; } = [];

    public Func<string, string?> FindProgram { get; init; } = ProgramPath.Find;
}
