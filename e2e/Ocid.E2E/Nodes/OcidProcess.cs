using System.Diagnostics;
using System.Globalization;
using Ocid.Testing;

namespace Ocid.E2E.Nodes;

/// <summary>A running <c>ocid</c>, with its output in a file.</summary>
public sealed class OcidProcess : IDisposable
{
    // SIGTERM's own way with a program that has just begun.
    private const int EndedBySignal = 128 + 15;

    private readonly Process process;

    private OcidProcess(Process process, string output)
    {
        this.process = process;
        Output = output;
    }

    public int Id => process.Id;

    /// <summary>The file that holds what it wrote to standard output and standard error.</summary>
    public string Output { get; }

    public bool HasExited => process.HasExited;

    public int ExitCode => process.ExitCode;

    /// <summary>CPU time used so far, by user and kernel.</summary>
    public TimeSpan CpuTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts <c>ocid</c>. The output goes to the file by the shell's redirection: it must go on when the test process is gone.</summary>
    public static OcidProcess Start(string program, string output, params string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh")
        {
            ArgumentList = { "-c", "out=$1; shift; exec \"$@\" >>\"$out\" 2>&1 </dev/null", "sh", output, program },
            WorkingDirectory = "/",
        };
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return new OcidProcess(Process.Start(start)!, output);
    }

    /// <summary>Asks it to stop and waits until it has, without a crash on the way.</summary>
    public async Task StopAsync()
    {
        if (process.HasExited)
            return;
        await Tool.RunAsync("kill", "-TERM", process.Id.ToString(CultureInfo.InvariantCulture));
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            await KillAsync();
            throw new TimeoutException($"ocid (pid {Id}) did not stop within 60 s of SIGTERM; its output: {Output}");
        }

        if (process.ExitCode is not 0 and not EndedBySignal)
            throw new InvalidOperationException($"ocid ended with status {process.ExitCode} when asked to stop: {(await File.ReadAllTextAsync(Output)).Trim()}");
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        if (!process.HasExited)
            process.Kill();
        await process.WaitForExitAsync();
    }

    public void Dispose() => process.Dispose();
}
