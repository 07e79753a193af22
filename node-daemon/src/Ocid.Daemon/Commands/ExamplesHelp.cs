using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace Ocid.Daemon.Commands;

/// <summary>The library's help, with the verb's notes and examples beneath.</summary>
internal sealed class ExamplesHelp(HelpAction help, IReadOnlyDictionary<Command, VerbHelp> texts) : SynchronousCommandLineAction
{
    public override bool ClearsParseErrors => true;

    public override int Invoke(ParseResult parseResult)
    {
        var code = help.Invoke(parseResult);
        if (texts.TryGetValue(parseResult.CommandResult.Command, out var text))
        {
            Write(parseResult, "Notes", text.Notes);
            Write(parseResult, "Examples", text.Examples);
        }

        return code;
    }

    private static void Write(ParseResult parseResult, string title, string text)
    {
        if (text.Length > 0)
            parseResult.InvocationConfiguration.Output.WriteLine($"{title}:\n{string.Join('\n', text.Split('\n').Select(line => "  " + line))}\n");
    }
}
