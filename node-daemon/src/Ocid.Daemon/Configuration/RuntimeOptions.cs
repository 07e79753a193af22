namespace Ocid.Daemon.Configuration;

/// <summary>OCI runtimes and what every container gets: <c>[runtime]</c>.</summary>
internal sealed record RuntimeOptions
{
    /// <summary>The handler for pods that name none; always one of <see cref="Handlers"/>.</summary>
    public required string DefaultHandler { get; init; }

    public required IReadOnlyList<RuntimeHandlerOptions> Handlers { get; init; }

    /// <summary>Whether systemd makes the cgroups.</summary>
    public required bool SystemdCgroup { get; init; }

    /// <summary>The most processes a container may have; null: no limit of ours.</summary>
    public required long? PidsLimit { get; init; }

    /// <summary>The most bytes in a container's log before it begins anew; null: no limit.</summary>
    public required long? LogSizeLimit { get; init; }

    public required IReadOnlyList<string> CdiSpecDirectories { get; init; }

    public required IReadOnlyList<string> HooksDirectories { get; init; }

    /// <summary>The file of the system call filter that RuntimeDefault means; null: the built-in one.</summary>
    public required string? SeccompProfile { get; init; }
}
