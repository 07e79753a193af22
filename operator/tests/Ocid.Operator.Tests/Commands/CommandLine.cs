using System.Runtime.CompilerServices;
using Ocid.Operator.Commands;

namespace Ocid.Operator.Tests.Commands;

/// <summary>One run of the command line.</summary>
internal sealed record CommandLine(int Code, string Output, string Error)
{
    public static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "testdata", "commands"));

    public static Task<CommandLine> RunAsync(params string[] args) => RunAsync(TextReader.Null, args);

    public static async Task<CommandLine> RunAsync(TextReader input, params string[] args)
    {
        var (output, error) = (new StringWriter(), new StringWriter());
        var code = await OperatorCommandLine.RunAsync(args, new Terminal(input, output, error));
        return new CommandLine(code, output.ToString(), error.ToString());
    }
}
