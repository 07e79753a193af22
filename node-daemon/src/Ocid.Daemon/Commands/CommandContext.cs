using System.CommandLine;
using Ocid.Daemon.Configuration;
using Ocid.Daemon.Cri;
using Ocid.Toml;

namespace Ocid.Daemon.Commands;

/// <summary>What every verb shares: where it writes, the options before any verb, and the help of all verbs.</summary>
internal sealed class CommandContext(Terminal terminal)
{
    private readonly Option<string> _file = new("--config")
    {
        Description = "Configuration file; its drop-ins are FILE.d/*.toml",
        HelpName = "FILE",
        DefaultValueFactory = _ => ConfigurationRequest.DefaultFile,
        Recursive = true,
    };

    private readonly Option<string[]> _set = new("--set")
    {
        Description = "Set one key of the configuration, above all files; may be given many times",
        HelpName = "KEY=VALUE",
        Recursive = true,
    };

    private readonly Option<string?> _endpoint = new("--runtime-endpoint", "-r")
    {
        Description = "Socket of the daemon [default: the configuration's api.listen, unix:///run/ocid/ocid.sock]",
        HelpName = "ENDPOINT",
        Recursive = true,
    };

    private readonly Dictionary<Command, VerbHelp> _help = [];

    public Terminal Terminal { get; } = terminal;

    public TimeProvider Time { get; } = TimeProvider.System;

    public IReadOnlyDictionary<Command, VerbHelp> Help => _help;

    public IEnumerable<Option> Options => [_file, _set, _endpoint];

    /// <summary>Gives a verb its examples, and what else its help has to say.</summary>
    public Command WithExamples(Command command, string examples, string notes = "")
    {
        _help.Add(command, new VerbHelp(examples, notes));
        return command;
    }

    /// <summary>The configuration in force, with flags of a verb above <c>--set</c>.</summary>
    /// <exception cref="ConfigurationException">It has errors.</exception>
    public LoadedConfiguration Configuration(ParseResult parsed, params IEnumerable<(string Flag, string Key, TomlValue Value)> flags) =>
        ConfigurationFiles.Load(new ConfigurationRequest
        {
            File = Path.GetFullPath(parsed.GetValue(_file)!),
            Flags = [.. (parsed.GetValue(_set) ?? []).Select(SetFlag.Parse), .. flags],
        });

    /// <summary>The daemon's socket: the one that the command line names, else the default one.</summary>
    public string Socket(ParseResult parsed) => parsed.GetValue(_endpoint)?.Replace("unix://", "", StringComparison.Ordinal) ?? "/run/ocid/ocid.sock";

    /// <summary>A client of the daemon; nothing is connected until the first call.</summary>
    public CriClient Connect(ParseResult parsed) => new(parsed.GetValue(_endpoint) ?? "unix://" + Configuration(parsed).Options.ApiSocket);
}
