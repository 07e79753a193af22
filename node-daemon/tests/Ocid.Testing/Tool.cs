using System.Diagnostics;
using System.Text;

namespace Ocid.Testing;

/// <summary>A program of the machine, run for its output.</summary>
public static class Tool
{
    private static readonly string[] SearchPath = ["/usr/local/sbin", "/usr/local/bin", "/usr/sbin", "/usr/bin", "/sbin", "/bin"];

    /// <summary>The path of <paramref name="name"/>, or null where the machine does not have it.</summary>
    public static string? Find(string name) => SearchPath.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>The first of <paramref name="names"/> that the machine does not have.</summary>
    public static string? FirstMissing(params string[] names) => names.FirstOrDefault(name => Find(name) is null);

    /// <summary>Runs a program to its end and returns its standard output; throws with its standard error when it fails.</summary>
    public static Task<string> RunAsync(string program, params string[] arguments) => RunInAsync(null, program, arguments);

    public static async Task<string> RunInAsync(string? folder, string program, params string[] arguments)
    {
        var result = await TryRunAsync(folder, program, arguments);
        return result.ExitCode == 0
            ? result.Output
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: exit status {result.ExitCode}: {result.Error.Trim()}");
    }

    /// <summary>Runs a program to its end, whatever its exit status is.</summary>
    public static async Task<ToolResult> TryRunAsync(string? folder, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(Find(program) ?? program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
            WorkingDirectory = folder ?? "",
        };
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)}: still running after three minutes");
        }
        return new ToolResult(process.ExitCode, await output, await error);
    }
}
