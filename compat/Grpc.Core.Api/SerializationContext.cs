using System.Buffers;

namespace Grpc.Core;

public abstract class SerializationContext
{
    public virtual void SetPayloadLength(int payloadLength)
    {
    }

    public virtual IBufferWriter<byte> GetBufferWriter() => throw new NotImplementedException();

    public virtual void Complete() => throw new NotImplementedException();

    public virtual void Complete(byte[] payload) => throw new NotImplementedException();
}
