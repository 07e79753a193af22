using Ocid.Primitives;

namespace Ocid.Cri.Containers;

/// <summary>What a container request must keep to, whatever the node.</summary>
internal static class ContainerRules
{
    /// <param name="config">The request.</param>
    /// <param name="pod">The configuration of its sandbox.</param>
    /// <exception cref="OcidException">InvalidArgument, naming the field.</exception>
    public static void Check(V1.ContainerConfig? config, V1.PodSandboxConfig pod)
    {
        if (config is null)
            throw Invalid("config is missing");
        if (string.IsNullOrEmpty(config.Metadata?.Name))
            throw Invalid("config.metadata.name is empty");
        if (string.IsNullOrEmpty(config.Image?.Image))
            throw Invalid("config.image.image is empty");
        if (config.Linux?.SecurityContext is { RunAsGroup: not null, RunAsUser: null, RunAsUsername: "" })
            throw Invalid("run_as_group without run_as_user or run_as_username");
        if (config.Linux?.SecurityContext is { Privileged: true } && pod.Linux?.SecurityContext is not { Privileged: true })
            throw Invalid("a privileged container in a sandbox that is not");
        foreach (var mount in config.Mounts)
            Check(mount);
    }

    private static void Check(V1.Mount mount)
    {
        if (!mount.ContainerPath.StartsWith('/'))
            throw Invalid($"mount container_path {Quoted.Text(mount.ContainerPath)}: want an absolute path");
        if (mount.Image is { Image.Length: > 0 })
        {
            CheckImage(mount);
            return;
        }

        if (!mount.HostPath.StartsWith('/'))
            throw Invalid($"mount host_path {Quoted.Text(mount.HostPath)}: want an absolute path");
        if (mount.RecursiveReadOnly && (!mount.Readonly || mount.Propagation != V1.MountPropagation.PropagationPrivate))
            throw Invalid($"mount at {Quoted.Text(mount.ContainerPath)}: recursive_read_only needs readonly and PROPAGATION_PRIVATE");
    }

    private static void CheckImage(V1.Mount mount)
    {
        if (mount.HostPath.Length > 0)
            throw Invalid($"mount at {Quoted.Text(mount.ContainerPath)}: an image and a host_path");
        if (!mount.Readonly)
            throw Invalid($"mount at {Quoted.Text(mount.ContainerPath)}: an image volume is read-only, and readonly is false");
        if (mount.Propagation != V1.MountPropagation.PropagationPrivate)
            throw Invalid($"mount at {Quoted.Text(mount.ContainerPath)}: an image volume has PROPAGATION_PRIVATE");
        if (mount.ImageSubPath.StartsWith('/') || mount.ImageSubPath.Split('/').Contains(".."))
            throw Invalid($"mount image_sub_path {Quoted.Text(mount.ImageSubPath)}: want a path inside the image");
    }

    private static OcidException Invalid(string what) => new(ErrorKind.InvalidArgument, $"container: {what}");
}
