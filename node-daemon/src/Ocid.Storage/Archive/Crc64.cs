using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ocid.Storage.Archive;

/// <summary>CRC-64 with the polynomial of ISO 3309, which tar-split records for each file. (System.IO.Hashing has ECMA's.)</summary>
internal struct Crc64
{
    private const ulong Polynomial = 0xD800000000000000;
    private const int Slices = 8;
    private const int Lanes = 4;

    private static readonly ulong[] Tables = MakeTables();

    // Multiplied by these, 128 bits stand for themselves so many bits further on. The product of two reflected numbers is one place off.
    private static readonly Vector128<ulong> OverLanes = Vector128.Create(Power((128 * Lanes) + 63), Power((128 * Lanes) - 1));
    private static readonly Vector128<ulong> OverOne = Vector128.Create(Power(128 + 63), Power(127));

    private ulong _value;

    public readonly ulong Value => _value;

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var crc = ~_value;
        if (Pclmulqdq.IsSupported && bytes.Length >= 2 * Lanes * Vector128<byte>.Count)
            crc = Fold(crc, ref bytes);
        _value = ~ByTable(crc, bytes);
    }

    /// <summary>The sum as its eight bytes, the highest first.</summary>
    public readonly void CopyTo(Span<byte> destination) => BinaryPrimitives.WriteUInt64BigEndian(destination, _value);

    // "Fast CRC Computation for Generic Polynomials Using PCLMULQDQ" (Intel, 2009): four blocks side by side, then one, whose 16 bytes have the sum of all.
    private static ulong Fold(ulong crc, ref ReadOnlySpan<byte> bytes)
    {
        var blocks = MemoryMarshal.Cast<byte, Vector128<ulong>>(bytes);
        var (a, b, c, d) = (blocks[0] ^ Vector128.CreateScalar(crc), blocks[1], blocks[2], blocks[3]);
        for (blocks = blocks[Lanes..]; blocks.Length >= Lanes; blocks = blocks[Lanes..])
        {
            a = Over(a, OverLanes) ^ blocks[0];
            b = Over(b, OverLanes) ^ blocks[1];
            c = Over(c, OverLanes) ^ blocks[2];
            d = Over(d, OverLanes) ^ blocks[3];
        }

        a = Over(Over(Over(a, OverOne) ^ b, OverOne) ^ c, OverOne) ^ d;
        bytes = bytes[^((blocks.Length * Vector128<byte>.Count) + (bytes.Length % Vector128<byte>.Count))..];
        Span<byte> rest = stackalloc byte[Vector128<byte>.Count];
        a.AsByte().CopyTo(rest);
        return ByTable(0, rest);
    }

    private static Vector128<ulong> Over(Vector128<ulong> block, Vector128<ulong> distance) =>
        Pclmulqdq.CarrylessMultiply(block, distance, 0x00) ^ Pclmulqdq.CarrylessMultiply(block, distance, 0x11);

    private static ulong ByTable(ulong crc, ReadOnlySpan<byte> bytes)
    {
        var tables = Tables.AsSpan();
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
        return crc;
    }

    // x to this power, modulo the polynomial, reflected.
    private static ulong Power(int exponent)
    {
        var value = 1UL << 63;
        for (var at = 0; at < exponent; at++)
            value = (value & 1) != 0 ? (value >> 1) ^ Polynomial : value >> 1;
        return value;
    }

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
