namespace Ocid.Daemon.Configuration;

/// <summary>OCI runtimes and what every container gets: <c>[runtime]</c>.</summary>
internal sealed record RuntimeOptions
{
    /// <summary>The handler for pods that name none; always one of <see cref="Handlers"/>.</summary>
    public required string DefaultHandler { get; init; }

    public required IReadOnlyList<RuntimeHandlerOptions> Handlers { get; init; }

    /// <summary>The most processes a container may have; null: no limit of ours.</summary>
    public required long? PidsLimit { get; init; }
}
