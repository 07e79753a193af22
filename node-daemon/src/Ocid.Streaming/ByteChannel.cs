namespace Ocid.Streaming;

/// <summary>
/// One stream of bytes in both directions inside a client's connection. Reading returns 0 once the client has said that nothing more comes, and fails
/// with an <see cref="IOException"/> when the channel was reset or its connection is gone.
/// </summary>
internal abstract class ByteChannel : AsyncStream
{
    /// <summary>Tells the client that nothing more is written.</summary>
    public abstract ValueTask CompleteAsync(CancellationToken ct);

    /// <summary>Ends both directions; what was not read yet is gone.</summary>
    public abstract ValueTask ResetAsync(CancellationToken ct);

    /// <summary>Throws away what the client has sent and still sends.</summary>
    public abstract void DiscardInput();
}
