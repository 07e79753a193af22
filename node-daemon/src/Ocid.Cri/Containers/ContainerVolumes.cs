using Ocid.Cri.Confinement;
using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Images.Catalog;
using Ocid.Images.Policy;
using Ocid.Linux;
using Ocid.Linux.Mounting;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Cri.Containers;

/// <summary>
/// The mounts of a container that no OCI runtime makes itself, or not every one: images, and directories of the host with the owners that the pod's user
/// namespace gives. They are mounted on the host, for the runtime to bind, and go with the container.
/// </summary>
internal sealed class ContainerVolumes(ImageCatalog images, Store store, SignaturePolicy policy)
{
    /// <summary>Mounts what has to be; the other mounts of the request are the runtime's.</summary>
    /// <param name="pod">The container's pod.</param>
    /// <param name="staged">Where.</param>
    /// <param name="config">The request.</param>
    /// <param name="label">The SELinux label for volumes that are to have the container's own; null for none.</param>
    /// <param name="undo">Takes it back.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<StagedVolume>> StageAsync(PodSandbox pod, StagedMounts staged, V1.ContainerConfig config, string? label, Undo undo, CancellationToken ct)
    {
        undo.Push(async bounded => await ReleaseAsync(staged, bounded).ConfigureAwait(false));
        var volumes = new List<StagedVolume>();
        for (var i = 0; i < config.Mounts.Count; i++)
        {
            var mount = config.Mounts[i];
            if (mount.SelinuxRelabel && label is not null && mount.HostPath.Length > 0)
                await OwnThread.RunAsync(() => VolumeLabels.Set(ContainerMounts.RealSource(mount.HostPath), label), ct).ConfigureAwait(false);
            if (mount.Image is { Image.Length: > 0 })
                volumes.Add(await StageImageAsync(pod, staged, mount, i, ct).ConfigureAwait(false));
            else if (mount.UidMappings.Count + mount.GidMappings.Count > 0)
                volumes.Add(await OwnThread.RunAsync(() => StageMapped(pod, staged, mount, i), ct).ConfigureAwait(false));
        }

        return volumes;
    }

    /// <summary>Takes all of it away. Nothing there is no error.</summary>
    public async Task ReleaseAsync(StagedMounts staged, CancellationToken ct)
    {
        await OwnThread.RunAsync(staged.Remove, ct).ConfigureAwait(false);
        foreach (var image in store.ImageMounts.Where(m => Path.GetDirectoryName(m.Path) == staged.Path))
            await store.UnmountImageAsync(image.Id, force: true, ct).ConfigureAwait(false);
    }

    private async Task<StagedVolume> StageImageAsync(PodSandbox pod, StagedMounts staged, V1.Mount mount, int index, CancellationToken ct)
    {
        var image = await images.FindAsync(mount.Image.Image, ct).ConfigureAwait(false)
            ?? throw new OcidException(ErrorKind.NotFound, $"container: image volume at {Quoted.Text(mount.ContainerPath)}: image {Quoted.Text(mount.Image.Image)} is not on this node");
        await policy.RequireStoredAsync(store, image.Id, mount.Image.UserSpecifiedImage, pod.Spec.Config.Metadata.Namespace, ct).ConfigureAwait(false);
        var directory = staged.Prepare($"{index}.image");
        await store.MountImageAsync(image.Id, new ImageMountRequest { Directory = directory, Users = pod.Users }, ct).ConfigureAwait(false);
        var source = mount.ImageSubPath.Length == 0 ? directory : await OwnThread.RunAsync(() => ShowPart(staged, directory, mount, index), ct).ConfigureAwait(false);
        return new StagedVolume(index, source, image.Id.Value);
    }

    private static string ShowPart(StagedMounts staged, string directory, V1.Mount mount, int index)
    {
        using var root = RootedDirectory.Open(directory);
        var status = root.Status(mount.ImageSubPath)
            ?? throw new OcidException(ErrorKind.NotFound, $"container: image volume at {Quoted.Text(mount.ContainerPath)}: {Quoted.Text(mount.ImageSubPath)} is not in image {Quoted.Text(mount.Image.Image)}");
        var target = staged.Prepare($"{index}", file: status.Kind != FileKind.Directory);
        root.BindTo(mount.ImageSubPath, target);
        return target;
    }

    private static StagedVolume StageMapped(PodSandbox pod, StagedMounts staged, V1.Mount mount, int index)
    {
        if (pod.Spec.Users is not { } users || !UserMappings.IsOf(users.Users, mount.UidMappings) || !UserMappings.IsOf(users.Groups, mount.GidMappings))
            throw new OcidException(ErrorKind.InvalidArgument, $"container: mount at {Quoted.Text(mount.ContainerPath)}: its id mappings are not those of the pod's user namespace");
        if (mount.Propagation == V1.MountPropagation.PropagationBidirectional)
            throw new OcidException(ErrorKind.InvalidArgument, $"container: mount at {Quoted.Text(mount.ContainerPath)}: id mappings and PROPAGATION_BIDIRECTIONAL exclude each other");

        var source = ContainerMounts.RealSource(mount.HostPath);
        var target = staged.Prepare($"{index}", file: !Directory.Exists(source));
        try
        {
            var propagation = mount.Propagation == V1.MountPropagation.PropagationHostToContainer ? MountOptions.Slave : MountOptions.Private;
            IdMappedMounts.Bind(source, target, pod.Users!, recursive: true, propagation);
        }
        catch (LinuxException unable) when (unable.Errno is Errno.EINVAL or Errno.EOPNOTSUPP or Errno.ENOSYS)
        {
            throw new OcidException(
                ErrorKind.FailedPrecondition,
                $"container: mount host_path {Quoted.Text(mount.HostPath)}: this kernel cannot map the ids of its file system, {MountTable.Holding(source)?.FileSystemType}: {unable.Message}", unable);
        }

        return new StagedVolume(index, target, null);
    }
}
