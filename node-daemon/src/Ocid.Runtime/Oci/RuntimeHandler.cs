namespace Ocid.Runtime.Oci;

/// <summary>An OCI runtime that pods may ask for by name.</summary>
public sealed record RuntimeHandler
{
    /// <summary>The name that pods ask for; also the default's, which "" stands for.</summary>
    public required string Name { get; init; }

    /// <summary>Absolute path of the program.</summary>
    public required string Program { get; init; }

    /// <summary>Where the program keeps its state, /run/ocid/runc for example.</summary>
    public required string Root { get; init; }

    /// <summary>Whether the program asks systemd for cgroups.</summary>
    public bool SystemdCgroup { get; init; }

    /// <summary>Further flags before the verb.</summary>
    public IReadOnlyList<string> ExtraArguments { get; init; } = [];

    /// <summary>Whether privileged containers get the devices that they ask for only, in place of all the host's.</summary>
    public bool PrivilegedWithoutHostDevices { get; init; }

    /// <summary>How long the program may take to make a container.</summary>
    public TimeSpan CreateTimeout { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Whether the program is crun, by its file's name.</summary>
    public bool IsCrun => Path.GetFileName(Program) == "crun";

    /// <summary>The cgroup that the program makes below the scope which it asks systemd for, for the processes and their limits; null where the scope is that cgroup.</summary>
    /// <remarks>run.oci.systemd.subgroup in https://github.com/containers/crun/blob/main/crun.1.md.</remarks>
    public string? CgroupInScope => SystemdCgroup && IsCrun ? "container" : null;

    /// <summary>The flags that stand before the verb.</summary>
    /// <param name="logPath">Where the program writes its log; its standard error where null.</param>
    public IReadOnlyList<string> GlobalArguments(string? logPath = null) =>
    [
        "--root", Root,
        "--log-format", "json",
        .. logPath is null ? Array.Empty<string>() : ["--log", logPath],
        .. SystemdCgroup ? ["--systemd-cgroup"] : Array.Empty<string>(),
        .. ExtraArguments,
    ];
}
