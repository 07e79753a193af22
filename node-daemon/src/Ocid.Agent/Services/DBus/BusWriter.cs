using System.Buffers.Binary;
using System.Text;

namespace Ocid.Agent.Services.DBus;

/// <summary>Values in D-Bus' wire format, little endian, each at its alignment.</summary>
/// <remarks>https://dbus.freedesktop.org/doc/dbus-specification.html#message-protocol-marshaling</remarks>
internal sealed class BusWriter
{
    private readonly List<byte> _bytes = [];

    public byte[] ToArray() => [.. _bytes];

    public BusWriter Byte(byte value)
    {
        _bytes.Add(value);
        return this;
    }

    public BusWriter Number(uint value)
    {
        Align(sizeof(uint));
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    public BusWriter Boolean(bool value) => Number(value ? 1u : 0u);

    /// <summary>A string, or the path of an object.</summary>
    public BusWriter Text(string value)
    {
        var bytes = Encoding.UTF8.GetBytes(value);
        Number((uint)bytes.Length);
        _bytes.AddRange(bytes);
        _bytes.Add(0);
        return this;
    }

    public void Texts(IEnumerable<string> values)
    {
        foreach (var value in values)
            Text(value);
    }

    public BusWriter Signature(string value)
    {
        _bytes.Add((byte)value.Length);
        _bytes.AddRange(Encoding.ASCII.GetBytes(value));
        _bytes.Add(0);
        return this;
    }

    /// <summary>An array; the padding before its first element does not count in its length.</summary>
    public BusWriter Array(int alignment, Action<BusWriter> elements)
    {
        Number(0);
        var length = _bytes.Count - sizeof(uint);
        Align(alignment);
        var start = _bytes.Count;
        elements(this);
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)(_bytes.Count - start));
        for (var i = 0; i < bytes.Length; i++)
            _bytes[length + i] = bytes[i];
        return this;
    }

    /// <summary>The beginning of a struct.</summary>
    public BusWriter Struct()
    {
        Align(8);
        return this;
    }

    public void Align(int alignment)
    {
        while (_bytes.Count % alignment != 0)
            _bytes.Add(0);
    }
}
