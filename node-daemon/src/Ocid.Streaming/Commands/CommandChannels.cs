namespace Ocid.Streaming.Commands;

/// <summary>The channels of a client that runs a command or attaches.</summary>
internal sealed record CommandChannels
{
    public ByteChannel? Input { get; init; }

    public ByteChannel? Output { get; init; }

    public ByteChannel? Error { get; init; }

    /// <summary>Where the client says how large its terminal is.</summary>
    public ByteChannel? Resize { get; init; }

    /// <summary>Where the client is told how it ended.</summary>
    public required ByteChannel Status { get; init; }

    /// <summary>Whether that is told in JSON, from version 4 of the protocol on; before, a failure is a line of text.</summary>
    public required bool JsonStatus { get; init; }
}
