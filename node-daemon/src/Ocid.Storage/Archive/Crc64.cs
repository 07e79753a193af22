using System.Buffers.Binary;

namespace Ocid.Storage.Archive;

/// <summary>CRC-64 with the polynomial of ISO 3309, which tar-split records for each file. (System.IO.Hashing has ECMA's.)</summary>
internal struct Crc64
{
    private const ulong Polynomial = 0xD800000000000000;
    private const int Slices = 8;

    private static readonly ulong[] Tables = MakeTables();

    private ulong _value;

    public readonly ulong Value => _value;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var tables = Tables.AsSpan();
        var crc = ~_value;
        while (bytes.Length >= Slices)
        {
            crc ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            crc = tables[(7 * 256) + (byte)crc]
                ^ tables[(6 * 256) + (byte)(crc >> 8)]
                ^ tables[(5 * 256) + (byte)(crc >> 16)]
                ^ tables[(4 * 256) + (byte)(crc >> 24)]
                ^ tables[(3 * 256) + (byte)(crc >> 32)]
                ^ tables[(2 * 256) + (byte)(crc >> 40)]
                ^ tables[256 + (byte)(crc >> 48)]
                ^ tables[(byte)(crc >> 56)];
            bytes = bytes[Slices..];
        }

        foreach (var value in bytes)
            crc = tables[(byte)(crc ^ value)] ^ (crc >> 8);
        _value = ~crc;
    }

    /// <summary>The sum as its eight bytes, the highest first.</summary>
    public readonly void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, _value);

    private static ulong[] MakeTables()
    {
        var tables = new ulong[Slices * 256];
        for (var value = 0; value < 256; value++)
        {
            var crc = (ulong)value;
            for (var bit = 0; bit < 8; bit++)
                crc = (crc & 1) != 0 ? (crc >> 1) ^ Polynomial : crc >> 1;
            tables[value] = crc;
        }

        for (var at = 256; at < tables.Length; at++)
            tables[at] = tables[(byte)tables[at - 256]] ^ (tables[at - 256] >> 8);
        return tables;
    }
}
