using System.Globalization;
using System.Text.Json;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Spec;
using Ocid.Spec.Schema;

namespace Ocid.Runtime.Oci;

/// <summary>
/// The verbs of an OCI runtime on containers that the monitor made; create and exec are the monitor's, which holds their
/// standard streams. Every failure carries the runtime's own words.
/// </summary>
/// <param name="handler">The program and its settings.</param>
/// <param name="cgroupMode">How the host's cgroups are mounted.</param>
/// <remarks>https://github.com/opencontainers/runtime-spec/blob/main/runtime.md</remarks>
public sealed class OciRuntime(RuntimeHandler handler, CgroupMode cgroupMode)
{
    private const string UnifiedMount = "/sys/fs/cgroup/unified";
    // strerror(EACCES), which runc writes in lower case.
    private const string Refused = "permission denied";

    /// <summary>How long each verb may take; then the program and what it started is killed. Those that are a moment's work, state and kill, have a quarter of it.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The program and its settings.</summary>
    public RuntimeHandler Handler => handler;

    /// <summary>A mount that the program must not see, or null: crun refuses hybrid hosts unless the v2 mount is hidden from it.</summary>
    public string? HiddenPath { get; } = handler.IsCrun && cgroupMode == CgroupMode.Hybrid ? UnifiedMount : null;

    /// <summary>Starts a created container.</summary>
    /// <exception cref="OcidException">NotFound: unknown. Internal: the runtime could not start it.</exception>
    public async Task StartAsync(ContainerId id, CancellationToken ct)
    {
        var result = await RunAsync(["start", id.Value], ct);
        if (!result.IsSuccess)
            throw Failure("start", id, result);
    }

    /// <summary>Sends a signal to a container's first process, or to all its processes.</summary>
    /// <returns>False when there is nothing to signal: it has ended, or the runtime does not know it.</returns>
    /// <exception cref="OcidException">PermissionDenied: the container's AppArmor profile, or another security module, lets no signal of the host in. DeadlineExceeded: the program hangs. Internal: not sent for another reason.</exception>
    public async Task<bool> KillAsync(ContainerId id, int signal, bool all, CancellationToken ct)
    {
        var number = signal.ToString(CultureInfo.InvariantCulture);
        var result = await RunAsync(all ? ["kill", "--all", id.Value, number] : ["kill", id.Value, number], ct, quick: true);
        if (result.IsSuccess)
            return true;
        var failure = Failure("kill", id, result);
        if (failure.Message.EndsWith(Refused, StringComparison.OrdinalIgnoreCase))
            throw new OcidException(ErrorKind.PermissionDenied, failure.Message, failure);
        // The programs word it differently that there is nothing to signal: their state says it alike.
        var state = await StateAsync(id, ct);
        return state is null or { Status: RuntimeStatus.Stopped } ? false : throw failure;
    }

    /// <summary>Forgets a container and removes its cgroup. An unknown container is no error.</summary>
    /// <param name="id">Which.</param>
    /// <param name="force">Kill it first. Without, it is quicker: <c>runc delete --force</c> waits 100 ms even for a container that has ended.</param>
    /// <param name="ct">Ends the wait.</param>
    /// <exception cref="OcidException">FailedPrecondition: it runs still, and force was not asked for.</exception>
    public async Task DeleteAsync(ContainerId id, bool force, CancellationToken ct)
    {
        var result = await RunAsync(force ? ["delete", "--force", id.Value] : ["delete", id.Value], ct);
        if (result.IsSuccess || !IsKnown(id))
            return;
        var state = force ? null : await StateAsync(id, ct);
        throw state is { Status: not RuntimeStatus.Stopped }
            ? new OcidException(ErrorKind.FailedPrecondition, $"{handler.Name} delete {id.Value}: it is {state.Status.ToString().ToLowerInvariant()}")
            : Failure("delete", id, result);
    }

    /// <summary>What the runtime knows of a container; null when it does not know it.</summary>
    public async Task<RuntimeState?> StateAsync(ContainerId id, CancellationToken ct)
    {
        if (!IsKnown(id))
            return null;
        var result = await RunAsync(["state", id.Value], ct, quick: true);
        if (result.IsSuccess)
            return ReadState(id, result.Output);
        return IsKnown(id) ? throw Failure("state", id, result) : null;
    }

    /// <summary>Changes a container's limits. Device rules are not changed.</summary>
    /// <exception cref="OcidException">NotFound: unknown. Internal: not, or not fully, applied.</exception>
    public async Task UpdateAsync(ContainerId id, LinuxResources resources, CancellationToken ct)
    {
        var document = SpecJson.Write(resources with { Devices = null });
        var result = await RunAsync(["update", "--resources", handler.IsCrun ? "/dev/stdin" : "-", id.Value], ct, document);
        if (!result.IsSuccess)
            throw Failure("update", id, result);
    }

    /// <summary>Asks the program what it can do.</summary>
    /// <exception cref="OcidException">Unavailable: it cannot be run.</exception>
    public async Task<RuntimeFeatures> ProbeAsync(CancellationToken ct)
    {
        // crun makes its root whatever it is asked, and without the flag that is /run/crun.
        IReadOnlyList<string> root = ["--root", handler.Root];
        var version = await RunProgramAsync([.. root, "--version"], ct);
        if (!version.IsSuccess)
            throw new OcidException(ErrorKind.Unavailable, $"{handler.Program} --version: {RuntimeLog.LastError(version.Error) ?? $"exit code {version.ExitCode}"}");
        var features = await RunProgramAsync([.. root, "features"], ct);
        return RuntimeProbe.Read(version.OutputText, features.IsSuccess ? features.Output : null);
    }

    // Both runc and crun keep a directory a container, and nothing else is found in the root by that name.
    private bool IsKnown(ContainerId id) => Directory.Exists(Path.Combine(handler.Root, id.Value));

    private RuntimeState ReadState(ContainerId id, byte[] output)
    {
        RuntimeStateDocument? document;
        try
        {
            document = JsonSerializer.Deserialize(output, RuntimeSerializerContext.Default.RuntimeStateDocument);
        }
        catch (JsonException malformed)
        {
            throw new OcidException(ErrorKind.DataLoss, $"{handler.Name} state {id.Value}: {Quoted.Text(malformed.Message)}", malformed);
        }

        return Enum.TryParse<RuntimeStatus>(document?.Status, ignoreCase: true, out var status)
            ? new RuntimeState(status, document!.Pid, document.Bundle ?? "")
            : throw new OcidException(ErrorKind.DataLoss, $"{handler.Name} state {id.Value}: status {Quoted.Text(document?.Status)}");
    }

    private Task<CommandResult> RunAsync(IReadOnlyList<string> verb, CancellationToken ct, ReadOnlyMemory<byte> input = default, bool quick = false) =>
        RunProgramAsync([.. handler.GlobalArguments(), .. verb], ct, input, quick);

    private Task<CommandResult> RunProgramAsync(IReadOnlyList<string> arguments, CancellationToken ct, ReadOnlyMemory<byte> input = default, bool quick = false) =>
        Command.RunAsync(
            new CommandSpec
            {
                Program = handler.Program,
                Arguments = arguments,
                Input = input,
                HiddenPath = HiddenPath,
                Timeout = quick ? Limit / 4 : Limit,
                OutputLimit = 1024 * 1024,
            },
            ct);

    private OcidException Failure(string verb, ContainerId id, CommandResult result) =>
        new(
            IsKnown(id) ? ErrorKind.Internal : ErrorKind.NotFound,
            $"{handler.Name} {verb} {id.Value}: {RuntimeLog.LastError(result.Error) ?? $"exit code {result.ExitCode}"}");
}
