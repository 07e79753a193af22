using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Ocid.Daemon.Commands;

/// <summary>The <c>--output</c> option of listing verbs, and the two ways to print.</summary>
internal sealed class Listing
{
    public Listing() => Option.AcceptOnlyFromAmong("table", "json");

    public Option<string> Option { get; } = new("--output", "-o") { Description = "table, or json for scripts", HelpName = "FORMAT", DefaultValueFactory = _ => "table" };

    public void Write<T>(ParseResult parsed, TextWriter output, IReadOnlyList<T> items, JsonTypeInfo<IReadOnlyList<T>> json, IReadOnlyList<string> headers, Func<T, IReadOnlyList<string>> row)
    {
        if (parsed.GetValue(Option) == "json")
            output.WriteLine(JsonSerializer.Serialize(items, json));
        else
            TextTable.Write(output, headers, items.Select(row));
    }
}
