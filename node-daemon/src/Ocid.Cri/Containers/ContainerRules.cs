using Ocid.Primitives;

namespace Ocid.Cri.Containers;

/// <summary>What a container request must keep to, whatever the node.</summary>
internal static class ContainerRules
{
    /// <exception cref="OcidException">InvalidArgument or Unimplemented, naming the field.</exception>
    public static void Check(V1.ContainerConfig? config)
    {
        if (config is null)
            throw Invalid("config is missing");
        if (string.IsNullOrEmpty(config.Metadata?.Name))
            throw Invalid("config.metadata.name is empty");
        if (string.IsNullOrEmpty(config.Image?.Image))
            throw Invalid("config.image.image is empty");
        if (config.Linux?.SecurityContext is { RunAsGroup: not null, RunAsUser: null, RunAsUsername: "" })
            throw Invalid("run_as_group without run_as_user or run_as_username");
        if (config.CDIDevices.Count > 0)
            throw new OcidException(ErrorKind.Unimplemented, "container: CDI devices are not supported by this version");
        foreach (var mount in config.Mounts)
            Check(mount);
    }

    private static void Check(V1.Mount mount)
    {
        if (!mount.ContainerPath.StartsWith('/'))
            throw Invalid($"mount container_path {Quoted.Text(mount.ContainerPath)}: want an absolute path");
        if (mount.Image is { Image.Length: > 0 })
            throw new OcidException(ErrorKind.Unimplemented, $"container: image volume at {Quoted.Text(mount.ContainerPath)}: not supported by this version");
        if (!mount.HostPath.StartsWith('/'))
            throw Invalid($"mount host_path {Quoted.Text(mount.HostPath)}: want an absolute path");
        if (mount.UidMappings.Count + mount.GidMappings.Count > 0)
            throw new OcidException(ErrorKind.Unimplemented, $"container: id-mapped mount at {Quoted.Text(mount.ContainerPath)}: not supported by this version");
        if (mount.RecursiveReadOnly && (!mount.Readonly || mount.Propagation != V1.MountPropagation.PropagationPrivate))
            throw Invalid($"mount at {Quoted.Text(mount.ContainerPath)}: recursive_read_only needs readonly and PROPAGATION_PRIVATE");
    }

    private static OcidException Invalid(string what) => new(ErrorKind.InvalidArgument, $"container: {what}");
}
