namespace Grpc.Core;

public class WriteOptions(WriteFlags flags = default)
{
    public WriteFlags Flags { get; } = flags;
}
