using System.CommandLine;

namespace Ocid.Daemon.Commands.Progress;

/// <summary>How a verb that moves an image shows how far it is.</summary>
internal sealed class ProgressFlags
{
    private readonly Option<string> _progress = new("--progress")
    {
        Description = "How to show it, on standard error: auto (bars on a terminal, otherwise lines), lines, json (one object a line, as Docker's API) or none",
        HelpName = "KIND",
        DefaultValueFactory = _ => "auto",
    };

    private readonly Option<bool> _quiet = new("--quiet", "-q") { Description = "Show no progress" };

    public ProgressFlags() => _progress.AcceptOnlyFromAmong("auto", "lines", "json", "none");

    public void AddTo(Command command)
    {
        command.Options.Add(_progress);
        command.Options.Add(_quiet);
    }

    /// <summary>How to show it on this terminal.</summary>
    public ProgressKind Kind(ParseResult parsed, Terminal terminal) => (parsed.GetValue(_quiet), parsed.GetValue(_progress)) switch
    {
        (true, _) or (_, "none") => ProgressKind.None,
        (_, "json") => ProgressKind.Messages,
        (_, "lines") => ProgressKind.Lines,
        _ => terminal.IsInteractive ? ProgressKind.Bars : ProgressKind.Lines,
    };
}
