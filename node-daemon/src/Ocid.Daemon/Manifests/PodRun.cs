using Ocid.Cri.V1;
using Ocid.Daemon.Cri;
using Ocid.Primitives;

namespace Ocid.Daemon.Manifests;

/// <summary>Runs a manifest's pod through CRI: images, sandbox, init containers one after the other, containers. What fails is taken back whole.</summary>
/// <param name="client">The daemon.</param>
/// <param name="stateDirectory">Where the pod's logs and volumes go.</param>
/// <param name="step">Told what is being done.</param>
internal sealed class PodRun(CriClient client, string stateDirectory, Action<string> step)
{
    // A container's end is asked for: events would be a second connection for a matter of seconds.
    private static readonly TimeSpan PollingInterval = TimeSpan.FromMilliseconds(100);

    /// <exception cref="OcidException">The pod does not run, and nothing of it is left.</exception>
    public async Task<StartedPod> StartAsync(PodManifest pod, CancellationToken ct)
    {
        var images = new Dictionary<string, Image>(StringComparer.Ordinal);
        foreach (var container in pod.InitContainers.Concat(pod.Containers))
        {
            var image = await GetImageAsync(container, ct).ConfigureAwait(false);
            RefuseRoot(container, image);
            images[container.Name] = image;
        }

        await using var undo = new Undo(left => step($"not all of the pod could be taken back: {left.Message}"), TimeSpan.FromSeconds(60));
        var directory = PodDirectory.New(stateDirectory);
        undo.Push(directory.Delete);
        directory.Create(pod);

        var sandbox = PodRequests.Sandbox(pod, directory, File.Exists("/etc/resolv.conf") ? await File.ReadAllTextAsync("/etc/resolv.conf", ct).ConfigureAwait(false) : "");
        step($"starting pod {pod.Namespace}/{pod.Name}");
        var id = (await client.Runtime.RunPodSandboxAsync(new RunPodSandboxRequest { Config = sandbox, RuntimeHandler = pod.RuntimeHandler }, cancellationToken: ct).ConfigureAwait(false)).PodSandboxId;
        undo.Push(stop => RemoveAsync(id, stop));

        foreach (var container in pod.InitContainers)
        {
            step($"running init container {container.Name}");
            await RunToEndAsync(id, sandbox, PodRequests.Container(pod, container, images[container.Name].Id, directory), ct).ConfigureAwait(false);
        }

        var started = new List<(string Name, string Id)>();
        foreach (var container in pod.Containers)
        {
            step($"starting container {container.Name}");
            started.Add((container.Name, await StartAsync(id, sandbox, PodRequests.Container(pod, container, images[container.Name].Id, directory), ct).ConfigureAwait(false)));
        }

        undo.Commit();
        return new StartedPod(id, started);
    }

    private async Task<Image> GetImageAsync(ContainerManifest container, CancellationToken ct)
    {
        var spec = new ImageSpec { Image = container.Image, UserSpecifiedImage = container.Image };
        var found = container.PullPolicy == "Always" ? null : (await client.Images.ImageStatusAsync(new ImageStatusRequest { Image = spec }, cancellationToken: ct).ConfigureAwait(false)).Image;
        if (found is not null)
            return found;
        if (container.PullPolicy == "Never")
            throw new OcidException(ErrorKind.NotFound, $"container {container.Name}: image {container.Image} is not on this node, and imagePullPolicy is Never");

        step($"pulling {container.Image}");
        await client.Images.PullImageAsync(new PullImageRequest { Image = spec }, cancellationToken: ct).ConfigureAwait(false);
        return (await client.Images.ImageStatusAsync(new ImageStatusRequest { Image = spec }, cancellationToken: ct).ConfigureAwait(false)).Image
            ?? throw new OcidException(ErrorKind.NotFound, $"image {container.Image} is gone right after its pull");
    }

    private static void RefuseRoot(ContainerManifest container, Image image)
    {
        if (container.Security is not { NonRoot: true, User: null or 0 })
            return;
        if (container.Security.User == 0 || image is { Uid: null or { Value: 0 }, Username: "" } or { Username: "root" })
            throw new OcidException(ErrorKind.FailedPrecondition, $"container {container.Name}: runAsNonRoot is set, and it would run as root");
        if (image.Username.Length > 0)
            throw new OcidException(ErrorKind.FailedPrecondition, $"container {container.Name}: runAsNonRoot is set, and the image names its user {Quoted.Text(image.Username)}, which may be root: set runAsUser");
    }

    private async Task<string> StartAsync(string pod, PodSandboxConfig sandbox, ContainerConfig config, CancellationToken ct)
    {
        var created = await client.Runtime.CreateContainerAsync(new CreateContainerRequest { PodSandboxId = pod, Config = config, SandboxConfig = sandbox }, cancellationToken: ct).ConfigureAwait(false);
        await client.Runtime.StartContainerAsync(new StartContainerRequest { ContainerId = created.ContainerId }, cancellationToken: ct).ConfigureAwait(false);
        return created.ContainerId;
    }

    private async Task RunToEndAsync(string pod, PodSandboxConfig sandbox, ContainerConfig config, CancellationToken ct)
    {
        var id = await StartAsync(pod, sandbox, config, ct).ConfigureAwait(false);
        ContainerStatus status;
        while ((status = (await client.Runtime.ContainerStatusAsync(new ContainerStatusRequest { ContainerId = id }, cancellationToken: ct).ConfigureAwait(false)).Status).State != ContainerState.ContainerExited)
            await Task.Delay(PollingInterval, ct).ConfigureAwait(false);

        if (status.ExitCode != 0)
            throw new OcidException(ErrorKind.Aborted, $"init container {config.Metadata.Name} exited with {status.ExitCode} ({status.Reason}){LastLine(status.LogPath)}");
    }

    // The pod is taken back with its log: the message carries the line that says why.
    private static string LastLine(string log)
    {
        if (!File.Exists(log) || File.ReadLines(log).LastOrDefault() is not { } line)
            return "";
        return Logs.LogLine.Parse(System.Text.Encoding.UTF8.GetBytes(line)) is { } parsed ? $": {System.Text.Encoding.UTF8.GetString(parsed.Message.Span)}" : "";
    }

    private async ValueTask RemoveAsync(string id, CancellationToken ct)
    {
        step("taking the pod back");
        await client.Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = id }, cancellationToken: ct).ConfigureAwait(false);
        await client.Runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = id }, cancellationToken: ct).ConfigureAwait(false);
    }
}
