using Google.Protobuf;
using Ocid.Cri.Confinement;
using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Images.Catalog;
using Ocid.Primitives;
using Ocid.Runtime.Oci;
using Ocid.Spec;
using Ocid.Spec.Capabilities;

namespace Ocid.Cri.Containers;

/// <summary>A request turned into what will be recorded and what the runtime will be asked for. Reads the image's files, makes nothing but the log's directories and the image's volumes.</summary>
internal sealed record ContainerPlan(ContainerSpec Spec, ContainerSpecRequest Request)
{
    public static ContainerPlan Make(ContainerId id, PodSandbox pod, V1.ContainerConfig config, LocalImage image, ContainerRoot root, IReadOnlyList<StagedVolume> volumes, IReadOnlyList<NamespaceRequest> namespaces, ContainerConfinement confinement, RuntimeHandler runtime, ThisNode node)
    {
        var security = config.Linux?.SecurityContext ?? new V1.LinuxContainerSecurityContext();
        var defaults = image.Config.Defaults;
        var user = ImageUsers.Resolve(root.Path, security, defaults.User);
        ImageVolumes.EnsureDirectories(root, defaults.Volumes);
        var privileged = security.Privileged;
        var hostDevices = privileged && !runtime.PrivilegedWithoutHostDevices;
        var log = LogPaths.Resolve(pod.Spec.Config.LogDirectory, config.LogPath);
        if (log is not null)
            LogPaths.EnsureDirectories(pod.Spec.Config.LogDirectory, config.LogPath);

        var cgroup = PodCgroupPath.Child(pod, id.Value, runtime);
        var spec = new ContainerSpec
        {
            Id = id.Value,
            PodSandboxId = pod.Id,
            ImageId = image.Id.Value,
            RuntimeHandler = pod.Spec.RuntimeName,
            CreatedAt = node.Time.NowNanoseconds(),
            LogPath = log,
            CgroupPath = cgroup.Path.Value,
            Uid = user.Uid,
            Gid = user.Gid,
            SupplementalGroups = [.. user.AdditionalGids],
            StopSignal = SignalNames.Resolve(config.StopSignal, defaults.StopSignal),
            ConfigBytes = WithImageRefs(config, volumes).ToByteArray(),
        };

        var request = new ContainerSpecRequest
        {
            Image = new ImageDefaults { Env = defaults.Environment, Entrypoint = defaults.Entrypoint, Cmd = defaults.Command, WorkingDirectory = defaults.WorkingDirectory },
            Command = config.Command,
            Arguments = config.Args,
            Environment = [.. config.Envs.Select(e => new EnvironmentVariable(e.Key, e.Value.ToStringUtf8()))],
            WorkingDirectory = config.WorkingDir is { Length: > 0 } directory ? directory : null,
            User = user,
            Terminal = config.Tty,
            RootfsPath = root.Path,
            ReadOnlyRootfs = security.ReadonlyRootfs,
            Hostname = pod.Spec.HostNetwork ? Environment.MachineName : pod.Spec.Hostname,
            Namespaces = namespaces,
            UidMappings = UserMappings.Of(pod.Spec.Users?.Users),
            GidMappings = UserMappings.Of(pod.Spec.Users?.Groups),
            Mounts = ContainerMounts.Of(pod, config, volumes),
            ShmPath = pod.Spec.HostIpc ? "/dev/shm" : pod.SharedMemory,
            CgroupsPath = cgroup.Specified,
            Resources = Resources.From(config.Linux?.Resources, node.Settings.Now.PidsLimit),
            Capabilities = new CapabilityRequest
            {
                Add = security.Capabilities?.AddCapabilities ?? [],
                Drop = security.Capabilities?.DropCapabilities ?? [],
                AddAmbient = security.Capabilities?.AddAmbientCapabilities ?? [],
            },
            Privileged = privileged,
            NoNewPrivileges = security.NoNewPrivs,
            // Without a security context the caller has no opinion: the defaults. With one, an empty list means nothing masked.
            MaskedPaths = config.Linux?.SecurityContext?.MaskedPaths,
            ReadonlyPaths = config.Linux?.SecurityContext?.ReadonlyPaths,
            Seccomp = SeccompProfiles.For(security, node.Settings.Now.DefaultSeccomp),
            ApparmorProfile = confinement.AppArmorProfile,
            SelinuxLabel = confinement.ProcessLabel,
            MountLabel = confinement.FileLabel,
            Devices = ContainerDevices.Of(config, hostDevices),
            EveryDevice = hostDevices,
            Annotations = RuntimeAnnotations.Of(pod, config),
            OomScoreAdj = (int)Math.Clamp(config.Linux?.Resources?.OomScoreAdj ?? 0, -1000, 1000),
        };
        return new ContainerPlan(spec, request);
    }

    private static V1.ContainerConfig WithImageRefs(V1.ContainerConfig config, IReadOnlyList<StagedVolume> volumes)
    {
        var recorded = config.Clone();
        foreach (var volume in volumes.Where(v => v.ImageId is not null))
            recorded.Mounts[volume.Index].Image.ImageRef = volume.ImageId;
        return recorded;
    }
}
