using Ocid.Agent.Applying;
using Ocid.Agent.Hosts;
using Ocid.Primitives;

namespace Ocid.Agent.Tests;

/// <summary>A daemon that works, unless a file of the revision in force says <c>canary fails</c>.</summary>
internal sealed class FakeRuntime(NodePaths paths) : INodeRuntime
{
    public IReadOnlyList<string> Handlers { get; init; } = ["runc"];

    public string Version { get; init; } = TestHost.Version;

    public IReadOnlyList<string> OwnDirectories => [paths.Below("var/lib/ocid"), paths.Below("run/ocid")];

    public Task<RuntimeReport> ReportAsync(CancellationToken ct)
    {
        // As the daemon does when it starts.
        foreach (var directory in OwnDirectories)
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(directory).FullName, "state"), "");
        return Task.FromResult(new RuntimeReport(Version, Handlers, null));
    }

    public Task RunCanaryAsync(CancellationToken ct) =>
        Directory.Exists(paths.CurrentRevision) && Directory.EnumerateFiles(paths.CurrentRevision).Any(file => File.ReadAllText(file).Contains("canary fails", StringComparison.Ordinal))
            ? throw new OcidException(ErrorKind.Aborted, "it ended with 1")
            : Task.CompletedTask;

    public int Sweeps { get; private set; }

    public Task RemovePodsAsync(CancellationToken ct)
    {
        Sweeps++;
        return Task.CompletedTask;
    }
}
