namespace Ocid.E2E.Pods;

/// <summary>A container's log in CRI's format, read as the kubelet reads it.</summary>
public sealed class ContainerLog(string path)
{
    public string Path { get; } = path;

    /// <summary>The lines so far, partial ones joined.</summary>
    public IReadOnlyList<LogLine> Lines()
    {
        if (!File.Exists(Path))
            return [];
        var lines = new List<LogLine>();
        var partial = new Dictionary<string, string>();
        foreach (var entry in ReadShared().Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            // TIMESTAMP STREAM P|F MESSAGE
            var fields = entry.Split(' ', 4);
            var message = partial.GetValueOrDefault(fields[1], "") + (fields.Length > 3 ? fields[3] : "");
            partial.Remove(fields[1]);
            if (fields[2] == "P")
                partial[fields[1]] = message;
            else
                lines.Add(new LogLine(DateTimeOffset.Parse(fields[0], System.Globalization.CultureInfo.InvariantCulture), fields[1], message));
        }
        return lines;
    }

    public IReadOnlyList<string> Messages() => [.. Lines().Select(line => line.Message)];

    public Task<IReadOnlyList<string>> WaitForAsync(string message, TimeSpan? limit = null) => Eventually.GetAsync(
        $"'{message}' is in {Path}", () => Task.FromResult(Messages()), lines => lines.Contains(message), limit);

    private string ReadShared()
    {
        using var file = new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var reader = new StreamReader(file);
        var text = reader.ReadToEnd();
        // The last line may still be on its way.
        return text[..(text.LastIndexOf('\n') + 1)];
    }
}
