using Ocid.Agent.Hosts;
using Ocid.Agent.Services;
using Ocid.Primitives;
using Ocid.Revisions;

namespace Ocid.Agent.Applying;

/// <summary>The agent's hands: <c>ocid apply</c> and <c>ocid node release</c> of the program that it brought, as one-shot services of the host.</summary>
/// <param name="paths">The node.</param>
/// <param name="services">The host's services.</param>
/// <param name="version">The version of the program.</param>
public sealed class HostCommands(NodePaths paths, IServiceControl services, string version)
{
    /// <summary>Puts a staged revision into force.</summary>
    /// <exception cref="OcidException">It is not in force; the node's state says why.</exception>
    public Task ApplyAsync(RevisionHash hash, CancellationToken ct)
    {
        ArgumentNullException.ThrowIfNull(hash);
        return RunAsync($"ocid-apply-{hash}", ["apply", hash.Value, "--root", paths.Root], ct);
    }

    /// <summary>Takes back a change that was interrupted.</summary>
    public Task RecoverAsync(CancellationToken ct) => RunAsync("ocid-recover", ["apply", "--recover", "--root", paths.Root], ct);

    /// <summary>Takes everything of ours away.</summary>
    public Task ReleaseAsync(CancellationToken ct) => RunAsync("ocid-release", ["node", "release", "--root", paths.Root], ct);

    private Task RunAsync(string name, string[] arguments, CancellationToken ct) => services.RunAsync(name, [paths.Program(version), .. arguments], ct);
}
