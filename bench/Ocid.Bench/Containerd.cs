using System.Diagnostics;
using Ocid.Testing;

namespace Ocid.Bench;

/// <summary>A containerd that serves already when <c>ctr</c> asks it to pull and unpack; what it wrote is not durable when it ends.</summary>
internal static class Containerd
{
    public static IReadOnlyList<string> Folders =>
        [.. (Environment.GetEnvironmentVariable("OCID_BENCH_CONTAINERD") ?? $"/:{NewerDebian.Root("sid")}")
            .Split(':', StringSplitOptions.RemoveEmptyEntries).Where(folder => File.Exists(Program(folder, "containerd")))];

    /// <summary><c>containerd 1.6.20</c>.</summary>
    public static async Task<string> NameAsync(string folder) =>
        $"containerd {(await Tool.RunAsync(Program(folder, "containerd"), "--version")).Split(' ')[2].Split('~', '+')[0]}";

    public static async Task<Run> PullAsync(string programs, string folder, string reference)
    {
        var socket = Path.Combine(folder, "containerd.sock");
        var configuration = Path.Combine(folder, "config.toml");
        await File.WriteAllTextAsync(configuration, $"""
            version = 2
            root = "{folder}/root"
            state = "{folder}/state"
            disabled_plugins = ["io.containerd.grpc.v1.cri"]
            [grpc]
            address = "{socket}"
            """);
        var start = new ProcessStartInfo(Program(programs, "containerd"), ["--config", configuration, "--log-level", "error"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        start.Environment["PATH"] = $"{Path.Combine(programs, "usr/bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        using var server = Process.Start(start)!;
        _ = server.StandardError.ReadToEndAsync();
        _ = server.StandardOutput.ReadToEndAsync();
        try
        {
            while ((await Tool.TryRunAsync(null, Program(programs, "ctr"), "--address", socket, "version")).ExitCode != 0)
                await Task.Delay(50);
            return await Run.MeasureAsync(server.Id, () => Tool.RunAsync(
                Program(programs, "ctr"), "--address", socket, "images", "pull", "--plain-http", "--snapshotter", "overlayfs", reference));
        }
        finally
        {
            using (Process.Start("kill", ["-TERM", $"{server.Id}"]))
                await server.WaitForExitAsync();
        }
    }

    private static string Program(string folder, string name) => Path.Combine(folder, "usr/bin", name);
}
