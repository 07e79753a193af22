namespace Ocid.Spec.Schema;

/// <summary>A container as an OCI runtime is told of it: the content of a bundle's config.json.</summary>
/// <remarks>https://github.com/opencontainers/runtime-spec/blob/main/config.md</remarks>
public sealed record RuntimeSpec
{
    /// <summary>Version of the specification that the document follows.</summary>
    public required string OciVersion { get; init; }

    /// <summary>The root file system.</summary>
    public SpecRoot? Root { get; init; }

    /// <summary>Mounts, made in this order.</summary>
    public IReadOnlyList<SpecMount>? Mounts { get; init; }

    /// <summary>The container's first process.</summary>
    public SpecProcess? Process { get; init; }

    /// <summary>Host name, set in the container's own UTS namespace.</summary>
    public string? Hostname { get; init; }

    /// <summary>NIS domain name, set in the container's own UTS namespace.</summary>
    public string? Domainname { get; init; }

    /// <summary>Programs that the runtime runs around the container's life.</summary>
    public SpecHooks? Hooks { get; init; }

    /// <summary>Free metadata.</summary>
    public IReadOnlyDictionary<string, string>? Annotations { get; init; }

    /// <summary>Everything that is Linux only.</summary>
    public LinuxSpec? Linux { get; init; }
}
