namespace Ocid.Streaming.Spdy;

/// <summary>Why a stream is reset.</summary>
internal enum SpdyStatus
{
    ProtocolError = 1,
    InvalidStream = 2,
    RefusedStream = 3,
    Cancel = 5,
    FlowControlError = 7,
}
