namespace Ocid.Runtime.Monitoring.Protocol;

// One packet from the monitor to the daemon: the answer to a request, or with number 0 an event.
internal sealed record Reply
{
    public long Number { get; init; }

    /// <summary>Another reply to the same request follows.</summary>
    public bool More { get; init; }

    public Failure? Failure { get; init; }

    public VersionRange? Hello { get; init; }

    /// <summary>Comes with the descriptors that it names.</summary>
    public ContainerState? Container { get; init; }

    /// <summary>The pid of an exec; comes with its pidfd.</summary>
    public int Pid { get; init; }

    /// <summary>Event: a container has ended.</summary>
    public ExitState? Exit { get; init; }

    /// <summary>Event: the exec that was asked for with this number has ended.</summary>
    public long ExecNumber { get; init; }

    public ExitState? ExecExit { get; init; }
}
