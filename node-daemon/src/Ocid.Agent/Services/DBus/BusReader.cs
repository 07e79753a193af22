using System.Buffers.Binary;
using System.Text;
using Ocid.Primitives;

namespace Ocid.Agent.Services.DBus;

/// <summary>Reads what <see cref="BusWriter"/> writes.</summary>
internal ref struct BusReader(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public readonly bool IsAtEnd => _at >= _bytes.Length;

    public byte Byte() => Take(1)[0];

    public uint Number()
    {
        Align(sizeof(uint));
        return BinaryPrimitives.ReadUInt32LittleEndian(Take(sizeof(uint)));
    }

    public string Text()
    {
        var text = Encoding.UTF8.GetString(Take((int)Number()));
        Take(1);
        return text;
    }

    public string Signature()
    {
        var text = Encoding.ASCII.GetString(Take(Byte()));
        Take(1);
        return text;
    }

    public void Align(int alignment) => _at = (_at + alignment - 1) / alignment * alignment;

    private ReadOnlySpan<byte> Take(int length)
    {
        if (length < 0 || length > _bytes.Length - _at)
            throw new OcidException(ErrorKind.DataLoss, "systemd: a D-Bus message that ends too early");
        var taken = _bytes.Slice(_at, length);
        _at += length;
        return taken;
    }
}
