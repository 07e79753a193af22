using Microsoft.Extensions.Logging;
using Ocid.Cri.Confinement;
using Ocid.Cri.Edits;
using Ocid.Cri.Events;
using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Images.Catalog;
using Ocid.Images.Policy;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Cri.Containers;

/// <summary>Makes a container in a ready sandbox: its process exists on return and waits for StartContainer.</summary>
internal sealed partial class CreateContainer(
    Registry<PodSandbox> pods, Registry<Container> containers, ImageCatalog images, Store store, SignaturePolicy policy, ContainerVolumes volumes, ContainerEdits edits,
    NodeConfinement confinement, ContainerLauncher launcher, ContainerEvents events, ThisNode node, ILogger<CreateContainer> logger)
    : ICall<V1.CreateContainerRequest, V1.CreateContainerResponse>, IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(4);
    private readonly JoinedRequests<ContainerName, string> _running = new(Limit, node.Time);

    public async Task<V1.CreateContainerResponse> HandleAsync(V1.CreateContainerRequest request, CancellationToken ct)
    {
        var pod = pods.Get(request.PodSandboxId);
        ContainerRules.Check(request.Config, pod.Spec.Config);
        var name = ContainerName.Of(pod.Id, request.Config.Metadata);
        var id = await _running.RunAsync(name, $"create container {name}", (stage, bounded) => CreateAsync(pod, name, request.Config, stage, bounded), ct).ConfigureAwait(false);
        return new V1.CreateContainerResponse { ContainerId = id };
    }

    /// <summary>A container is gone: a result that nobody fetched names it no more.</summary>
    public void Forget(Container container) => _running.Forget(ContainerName.Of(container.Spec.PodSandboxId, container.Spec.Config.Metadata));

    public ValueTask DisposeAsync() => _running.DisposeAsync();

    private async Task<string> CreateAsync(PodSandbox pod, ContainerName name, V1.ContainerConfig config, Stage stage, CancellationToken ct)
    {
        // The sandbox cannot be stopped under a container that is being made.
        using var gate = await pod.Gate.EnterAsync(ct).ConfigureAwait(false);
        if (!pod.Status.Ready)
            throw new OcidException(ErrorKind.FailedPrecondition, $"create container {name}: pod sandbox {pod.Id} is not ready");
        if (containers.All.FirstOrDefault(c => ContainerName.Of(c.Spec.PodSandboxId, c.Spec.Config.Metadata) == name) is { } existing)
            throw new OcidException(ErrorKind.AlreadyExists, $"create container {name}: exists as {existing.Id}, {(existing.Removing ? "being removed" : existing.Status.Phase)}");

        var handler = launcher.HandlerFor(pod, config);
        var image = await FindImageAsync(config.Image, ct).ConfigureAwait(false);
        await policy.RequireStoredAsync(store, image.Id, config.Image.UserSpecifiedImage, pod.Spec.Config.Metadata.Namespace, ct).ConfigureAwait(false);
        stage.Begin("confinement");
        var confined = await confinement.OfAsync(pod, config, ct).ConfigureAwait(false);
        var id = ContainerId.New();
        await using var undo = new Undo(left => LogLeft(id.Value, left.Message));

        stage.Begin("root file system");
        var staged = node.Paths.MountsOf(id.Value);
        var root = await MountRootAsync(id, name, image, pod, confined.FileLabel, undo, ct).ConfigureAwait(false);

        stage.Begin("volumes");
        var mounts = await volumes.StageAsync(pod, staged, config, confined.FileLabel, undo, ct).ConfigureAwait(false);
        if (pod.Users is not null)
            root = await OwnThread.RunAsync(() => ShowRoot(root, staged), ct).ConfigureAwait(false);

        stage.Begin("specification");
        var namespaces = ContainerNamespaces.Of(pod, config.Linux?.SecurityContext?.NamespaceOptions ?? pod.Spec.Namespaces, containers);
        var plan = await OwnThread.RunAsync(
            () =>
            {
                var made = ContainerPlan.Make(id, pod, config, image, root, mounts, namespaces, confined, handler, node);
                return made with { Request = edits.Apply(made.Request, config) };
            },
            ct).ConfigureAwait(false);

        var container = new Container(plan.Spec, new ContainerStatus { Phase = ContainerPhase.Created }, node.Paths);
        undo.Push(async _ => await container.DeleteAsync().ConfigureAwait(false));
        await container.SaveAsync().ConfigureAwait(false);

        stage.Begin("runtime create");
        var pid = await launcher.CreateAsync(container, plan.Request, undo, ct).ConfigureAwait(false);
        stage.Begin("record");
        await container.UpdateAsync(container.Status with { Pid = pid, PidStartTime = ProcessEntry.TryRead(pid, out var process) ? process.StartTime : 0 }).ConfigureAwait(false);
        containers.Add(container);
        events.Report(container, V1.ContainerEventType.ContainerCreatedEvent);
        undo.Commit();
        launcher.Follow(container);
        return container.Id;
    }

    private async Task<LocalImage> FindImageAsync(V1.ImageSpec image, CancellationToken ct) =>
        await images.FindAsync(image.Image, ct).ConfigureAwait(false) ?? throw new OcidException(ErrorKind.NotFound, $"create container: image {Quoted.Text(image.Image)} is not on this node");

    private async Task<ContainerRoot> MountRootAsync(ContainerId id, ContainerName name, LocalImage image, PodSandbox pod, string? label, Undo undo, CancellationToken ct)
    {
        var creation = new ContainerCreation { Id = id, ImageId = image.Id, Names = [StoredContainer.NameOf(id)], Metadata = StoreMetadata.Of(name) };
        undo.Push(async bounded => await StoredContainer.DeleteAsync(store, id, bounded).ConfigureAwait(false));
        await store.CreateContainerAsync(creation, ct).ConfigureAwait(false);
        return new ContainerRoot(await store.MountAsync(id, new ContainerMount { Users = pod.Users, Label = label }, ct).ConfigureAwait(false), pod.Users);
    }

    // The store lets nobody of other ids pass, and the runtime looks at the root as user 0 of the pod's user namespace.
    private static ContainerRoot ShowRoot(ContainerRoot root, StagedMounts staged)
    {
        var target = staged.Prepare("rootfs");
        Mounts.Bind(root.Path, target);
        Mounts.SetPropagation(target, MountOptions.Private);
        return root with { Path = target };
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "container {Id} was not made, and not all of it could be taken back: {Reason}")]
    private partial void LogLeft(string id, string reason);
}
