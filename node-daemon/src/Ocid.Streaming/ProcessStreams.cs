using System.Threading.Channels;

namespace Ocid.Streaming;

/// <summary>A client's side of a process's standard streams. Used with asynchronous calls only, by one reader or writer each; the server closes them.</summary>
public sealed record ProcessStreams
{
    /// <summary>What the client types; null when it did not ask to.</summary>
    public Stream? Input { get; init; }

    /// <summary>Where standard output goes; null when the client did not ask for it.</summary>
    public Stream? Output { get; init; }

    /// <summary>Where standard error goes; null when the client did not ask for it, and with a terminal.</summary>
    public Stream? Error { get; init; }

    /// <summary>The sizes that the client's terminal takes on, the latest when several came; ends with the client. Null without a terminal.</summary>
    public ChannelReader<TerminalSize>? Resizes { get; init; }
}
