using System.CommandLine;
using System.Text.Json;
using Ocid.Daemon.Commands.Progress;
using Ocid.Storage.Checking;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid store check</c>: is everything in the store as it should be?</summary>
internal static class StoreCheckCommand
{
    private static readonly string[] s_headers = ["KIND", "WHAT", "IMAGE", "DETAIL"];

    public static Command Create(CommandContext context)
    {
        var quick = new Option<bool>("--quick") { Description = "Look at records and directories only, and read no content" };
        var listing = new Listing();
        var flags = StoreFlags.Create();
        var command = new Command("check", "Verify records, mounts, directories, digests and every file of every layer; change nothing") { quick, listing.Option };
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct).ConfigureAwait(false);
            var progress = new CheckProgress(context.Terminal);
            var report = await images.Store.CheckAsync(!parsed.GetValue(quick), progress, ct).ConfigureAwait(false);
            progress.Clear();
            if (parsed.GetValue(listing.Option) == "json")
                context.Terminal.Output.WriteLine(JsonSerializer.Serialize(Rows(report.Problems), ListingJson.Default.IReadOnlyListProblemRow));
            else
                Write(context.Terminal, report);
            return report.IsClean ? ExitCode.Done : ExitCode.Failed;
        });
        return context.WithExamples(
            command,
            "ocid store check\nocid store check --quick --output json",
            "record: one names what is not there, or two contradict each other; directory: a layer's is not as overlay needs it;\n"
            + "content: a file or an image's data is not what its digest says; mount: a count is about nothing; garbage: it belongs to nobody.\n"
            + "Exit status 0: the store is clean; 1: it is not, and `ocid store repair` says what can be done.");
    }

    /// <summary>Prints problems as a table, and what was looked at.</summary>
    public static void Write(Terminal terminal, StoreReport report)
    {
        if (!report.IsClean)
            TextTable.Write(terminal.Output, s_headers, Rows(report.Problems).Select(row => (IReadOnlyList<string>)[row.Kind, row.What, row.Images.Count == 0 ? "-" : string.Join(", ", row.Images), row.Detail.ReplaceLineEndings(" ")]));
        terminal.Output.WriteLine(
            $"{(report.IsClean ? "clean" : HumanText.Count(report.Problems.Count, "problem"))}: {HumanText.Count(report.Images, "image")}, {HumanText.Count(report.Layers, "layer")}, "
            + $"{HumanText.Count(report.Containers, "container")}; {HumanText.Size(report.Bytes)} compared, {HumanText.Count(report.Unverified, "layer")} without anything to compare with");
    }

    /// <summary>Problems in the words of the output.</summary>
    public static IReadOnlyList<ProblemRow> Rows(IEnumerable<StoreProblem> problems) =>
        [.. problems.Select(problem => new ProblemRow(problem.Kind.ToString().ToLowerInvariant(), problem.Subject, problem.Detail, problem.Images))];
}
