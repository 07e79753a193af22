namespace Ocid.Daemon.Commands;

/// <summary>Aligned columns for people, three blanks apart, as the field's other tools print them.</summary>
internal static class TextTable
{
    public static void Write(TextWriter output, IReadOnlyList<string> headers, IEnumerable<IReadOnlyList<string>> rows)
    {
        List<IReadOnlyList<string>> lines = [headers, .. rows];
        var widths = headers.Select((_, column) => lines.Max(line => line[column].Length)).ToList();
        foreach (var line in lines)
            output.WriteLine(string.Join("   ", line.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
    }
}
