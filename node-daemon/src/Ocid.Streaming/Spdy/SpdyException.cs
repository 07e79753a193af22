namespace Ocid.Streaming.Spdy;

/// <summary>The peer broke the protocol or a limit: its connection ends.</summary>
internal sealed class SpdyException(string message) : IOException($"spdy: {message}");
