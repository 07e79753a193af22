using Microsoft.Extensions.Logging;
using Ocid.Primitives;

namespace Ocid.Storage;

// In one file: their generator takes a class's files in any order, and two builds of one commit would differ.
public sealed partial class Store
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "removing writable layer {Layer}, whose container was never recorded")]
    private partial void LogOrphan(LayerId layer);

    [LoggerMessage(Level = LogLevel.Debug, Message = "synced the staged layers of image {Image} in {Elapsed}")]
    private partial void LogSynced(ImageId image, TimeSpan elapsed);

    [LoggerMessage(Level = LogLevel.Warning, Message = "what comes of blob {Blob} is not kept: an interruption will fetch it again")]
    private partial void LogNotKept(Digest blob, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "staged layers that nobody took up were not removed")]
    private partial void LogNotSwept(Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "image mount {Id} was not made, and not all of it could be taken back")]
    private partial void LogNotTakenBack(string id, Exception failure);
}
