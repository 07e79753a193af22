using System.Text;
using Ocid.Cri.V1;
using Ocid.Daemon.Cri;
using Ocid.Daemon.Logs;
using Ocid.Primitives;

namespace Ocid.Daemon.Nodes;

/// <summary>A pod on the host's network whose one container writes a line and ends: the shortest proof that a node runs pods.</summary>
/// <param name="client">The daemon.</param>
/// <param name="image">The id of the canary's image, which is in the store.</param>
/// <param name="logs">A directory for its log; made here, and gone afterwards.</param>
internal sealed class CanaryPod(CriClient client, ImageId image, string logs)
{
    private const string Name = "ocid-canary";
    private const string Label = "ocid.dev/canary";
    private const string LogName = "0.log";

    // A container's end is asked for: events would be a second connection for a matter of seconds.
    private static readonly TimeSpan PollingInterval = TimeSpan.FromMilliseconds(50);

    /// <summary>Removes the pods and the image that a run which was killed left.</summary>
    public async Task SweepAsync(CancellationToken ct)
    {
        var left = await client.Runtime.ListPodSandboxAsync(new ListPodSandboxRequest { Filter = new PodSandboxFilter { LabelSelector = { [Label] = "true" } } }, cancellationToken: ct).ConfigureAwait(false);
        foreach (var pod in left.Items)
            await RemoveAsync(pod.Id, ct).ConfigureAwait(false);
        await client.Images.RemoveImageAsync(new RemoveImageRequest { Image = new ImageSpec { Image = image.Value } }, cancellationToken: ct).ConfigureAwait(false);
        if (Directory.Exists(logs))
            Directory.Delete(logs, recursive: true);
    }

    /// <exception cref="OcidException">Aborted: it ended otherwise than it should, or its log is not what it wrote.</exception>
    public async Task RunAsync(CancellationToken ct)
    {
        Directory.CreateDirectory(logs);
        var sandbox = Sandbox();
        var pod = (await client.Runtime.RunPodSandboxAsync(new RunPodSandboxRequest { Config = sandbox }, cancellationToken: ct).ConfigureAwait(false)).PodSandboxId;
        var created = await client.Runtime.CreateContainerAsync(new CreateContainerRequest { PodSandboxId = pod, Config = Container(), SandboxConfig = sandbox }, cancellationToken: ct).ConfigureAwait(false);
        await client.Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = created.ContainerId }, cancellationToken: ct).ConfigureAwait(false);

        ContainerStatus status;
        while ((status = (await client.Runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = created.ContainerId }, cancellationToken: ct).ConfigureAwait(false)).Status).State != ContainerState.ContainerExited)
            await Task.Delay(PollingInterval, ct).ConfigureAwait(false);

        if (status.ExitCode != 0)
            throw new OcidException(ErrorKind.Aborted, $"it ended with {status.ExitCode} ({status.Reason})");
        if (Written() is var written && written != CanaryProgram.Line)
            throw new OcidException(ErrorKind.Aborted, $"its log says {Quoted.Text(written)} instead of {Quoted.Text(CanaryProgram.Line)}");
    }

    private static NamespaceOption Namespaces() => new() { Network = NamespaceMode.Node, Pid = NamespaceMode.Container, Ipc = NamespaceMode.Pod };

    private PodSandboxConfig Sandbox() => new()
    {
        Metadata = new PodSandboxMetadata { Name = Name, Namespace = Name, Uid = Guid.NewGuid().ToString() },
        LogDirectory = logs,
        Labels = { [Label] = "true" },
        Linux = new LinuxPodSandboxConfig { SecurityContext = new LinuxSandboxSecurityContext { NamespaceOptions = Namespaces() } },
    };

    private ContainerConfig Container() => new()
    {
        Metadata = new ContainerMetadata { Name = Name },
        Image = new ImageSpec { Image = image.Value },
        Labels = { [Label] = "true" },
        LogPath = LogName,
        Linux = new LinuxContainerConfig { SecurityContext = new LinuxContainerSecurityContext { NamespaceOptions = Namespaces(), ReadonlyRootfs = true, NoNewPrivs = true } },
    };

    private string Written()
    {
        var line = File.ReadLines(Path.Combine(logs, LogName)).FirstOrDefault() ?? "";
        return LogLine.Parse(Encoding.UTF8.GetBytes(line)) is { } parsed ? Encoding.UTF8.GetString(parsed.Message.Span) : line;
    }

    private async Task RemoveAsync(string pod, CancellationToken ct)
    {
        await client.Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = pod }, cancellationToken: ct).ConfigureAwait(false);
        await client.Runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = pod }, cancellationToken: ct).ConfigureAwait(false);
    }
}
