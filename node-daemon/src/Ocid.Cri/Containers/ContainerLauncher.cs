using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring;
using Ocid.Runtime.Oci;
using Ocid.Spec;
using Ocid.Spec.Schema;

namespace Ocid.Cri.Containers;

/// <summary>Has the monitor make containers and commands in them: bundle, runtime, command line.</summary>
internal sealed class ContainerLauncher(ContainerRuntimes runtimes, MonitorClient monitor, HostFacts facts, NodeSettingsInForce settings)
{
    private const string ConfigFile = "config.json";

    /// <summary>The program of a pod's containers and its settings.</summary>
    /// <exception cref="OcidException">FailedPrecondition: the request is more than that program can do.</exception>
    public RuntimeHandler HandlerFor(PodSandbox pod, V1.ContainerConfig config)
    {
        runtimes.Require(pod, config);
        return runtimes.Of(pod).Handler;
    }

    /// <summary>Writes the bundle and makes the container; returns the process id of its init.</summary>
    public async Task<int> CreateAsync(Container container, ContainerSpecRequest request, Undo undo, CancellationToken ct)
    {
        var spec = SpecGenerator.Generate(request, facts);
        undo.Push(() => DirectoryTree.Delete(container.Bundle));
        await OwnThread.RunAsync(() => WriteBundle(container, spec), ct).ConfigureAwait(false);
        // The kubelet has made it; crictl and people have not.
        if (container.Spec.LogPath is { } log)
            Directory.CreateDirectory(Path.GetDirectoryName(log)!);

        var id = container.Spec.ContainerId;
        var runtime = runtimes.Of(container);
        undo.Push(async bounded => await monitor.ForgetAsync(id, bounded).ConfigureAwait(false));
        undo.Push(async bounded => await runtime.DeleteAsync(id, force: true, bounded).ConfigureAwait(false));
        var config = container.Spec.Config;
        var created = await monitor.CreateAsync(
            new ContainerLaunch
            {
                Id = id,
                RuntimeProgram = runtime.Handler.Program,
                RuntimeArguments = runtime.Handler.GlobalArguments(),
                HiddenPath = runtime.HiddenPath,
                BundlePath = container.Bundle,
                StateDirectory = container.StateDirectory,
                LogPath = container.Spec.LogPath,
                LogLimit = settings.Now.LogSizeLimit,
                CgroupPath = container.Spec.CgroupPath,
                Terminal = config.Tty,
                Stdin = config.Stdin,
                Timeout = runtime.Handler.CreateTimeout,
            },
            ct).ConfigureAwait(false);
        return created.Pid;
    }

    /// <summary>To be called once the container can be found: an end that came before is told again.</summary>
    public void Follow(Container container) => monitor.RepeatExit(container.Spec.ContainerId);

    /// <summary>Runs a command in a running container to its end.</summary>
    public Task<ExecResult> ExecSyncAsync(Container container, IReadOnlyList<string> command, TimeSpan? limit, CancellationToken ct) =>
        monitor.ExecSyncAsync(Launch(container, command, terminal: false) with { Timeout = limit }, ct);

    /// <summary>Starts a command in a running container on the descriptors given.</summary>
    public Task<RunningExec> StartExecAsync(Container container, IReadOnlyList<string> command, ExecStdio stdio, ConsoleSize? size) =>
        monitor.StartExecAsync(Launch(container, command, stdio.Terminal, size), stdio, CancellationToken.None);

    private ExecLaunch Launch(Container container, IReadOnlyList<string> command, bool terminal, ConsoleSize? size = null)
    {
        var runtime = runtimes.Of(container);
        return new ExecLaunch
        {
            Id = container.Spec.ContainerId,
            RuntimeProgram = runtime.Handler.Program,
            RuntimeArguments = runtime.Handler.GlobalArguments(),
            HiddenPath = runtime.HiddenPath,
            FilesDirectory = container.Bundle,
            Process = SpecJson.Write(SpecGenerator.Exec(ReadSpec(container).Process!, command, terminal, size)),
        };
    }

    private static RuntimeSpec ReadSpec(Container container) => SpecJson.Read(File.ReadAllBytes(Path.Combine(container.Bundle, ConfigFile)));

    private static void WriteBundle(Container container, RuntimeSpec spec)
    {
        Directory.CreateDirectory(container.Bundle, FileModes.OwnerOnlyDirectory);
        AtomicFile.Write(Path.Combine(container.Bundle, ConfigFile), SpecJson.Write(spec), FileModes.OwnerOnly, durable: false);
    }
}
