namespace Ocid.Runtime.Monitoring.Protocol;

// One packet from the daemon to the monitor. Descriptors that belong to it come with the packet.
internal sealed record Request
{
    /// <summary>Comes back in the reply.</summary>
    public long Number { get; init; }

    public Verb Verb { get; init; }

    /// <summary>The container that the verb is about.</summary>
    public string? Id { get; init; }

    public VersionRange? Hello { get; init; }

    public LaunchRequest? Launch { get; init; }

    public ContainerState? Adopt { get; init; }

    public string? Stream { get; init; }

    public string? Program { get; init; }

    public IReadOnlyList<string>? Arguments { get; init; }
}
