using System.Buffers.Binary;
using System.Numerics;
using System.Security.Cryptography;

namespace Ocid.Images.Signatures.Sigstore;

/// <summary>
/// NaCl's secretbox, XSalsa20 and Poly1305, for the key files of cosign: the one primitive that neither .NET nor OpenSSL has. It is not written to
/// run in constant time: who can measure it on this machine, while a person signs, reads the key anyway.
/// </summary>
/// <remarks>https://nacl.cr.yp.to/secretbox.html, https://cr.yp.to/snuffle/xsalsa-20110204.pdf</remarks>
internal static class SecretBox
{
    public const int KeyLength = 32;
    public const int NonceLength = 24;

    private const int TagLength = 16;
    private const int BlockLength = 64;

    private static readonly BigInteger Modulus = (BigInteger.One << 130) - 5;
    private static readonly BigInteger ClampMask = BigInteger.Parse("0ffffffc0ffffffc0ffffffc0fffffff", System.Globalization.NumberStyles.HexNumber, null);

    /// <summary>Encrypts.</summary>
    /// <returns>The tag, then the text.</returns>
    public static byte[] Seal(ReadOnlySpan<byte> plain, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        var (authenticator, text) = Cipher(plain, nonce, key);
        return [.. Poly1305(text, authenticator), .. text];
    }

    /// <summary>Decrypts; null where key, nonce and content do not belong together.</summary>
    public static byte[]? Open(ReadOnlySpan<byte> box, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        if (box.Length < TagLength)
            return null;
        var (authenticator, plain) = Cipher(box[TagLength..], nonce, key);
        return CryptographicOperations.FixedTimeEquals(Poly1305(box[TagLength..], authenticator), box[..TagLength]) ? plain : null;
    }

    // The first 32 bytes of the stream are Poly1305's key, the text is combined with what follows them.
    private static (byte[] Authenticator, byte[] Text) Cipher(ReadOnlySpan<byte> text, ReadOnlySpan<byte> nonce, ReadOnlySpan<byte> key)
    {
        var subkey = HSalsa20(key, nonce[..16]);
        var stream = new byte[(KeyLength + text.Length + BlockLength - 1) / BlockLength * BlockLength];
        Span<byte> input = stackalloc byte[16];
        nonce[16..].CopyTo(input);
        for (var block = 0; block * BlockLength < stream.Length; block++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(input[8..], block);
            var start = State(subkey, input);
            var end = Rounds(start);
            for (var word = 0; word < 16; word++)
                BinaryPrimitives.WriteUInt32LittleEndian(stream.AsSpan((block * BlockLength) + (word * 4)), start[word] + end[word]);
        }

        var combined = new byte[text.Length];
        for (var at = 0; at < text.Length; at++)
            combined[at] = (byte)(text[at] ^ stream[KeyLength + at]);
        return (stream[..KeyLength], combined);
    }

    private static byte[] HSalsa20(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input)
    {
        var state = Rounds(State(key, input));
        var result = new byte[KeyLength];
        int[] words = [0, 5, 10, 15, 6, 7, 8, 9];
        for (var at = 0; at < words.Length; at++)
            BinaryPrimitives.WriteUInt32LittleEndian(result.AsSpan(at * 4), state[words[at]]);
        return result;
    }

    private static uint[] State(ReadOnlySpan<byte> key, ReadOnlySpan<byte> input)
    {
        var constant = "expand 32-byte k"u8;
        return
        [
            Word(constant, 0), Word(key, 0), Word(key, 1), Word(key, 2),
            Word(key, 3), Word(constant, 1), Word(input, 0), Word(input, 1),
            Word(input, 2), Word(input, 3), Word(constant, 2), Word(key, 4),
            Word(key, 5), Word(key, 6), Word(key, 7), Word(constant, 3),
        ];
    }

    private static uint Word(ReadOnlySpan<byte> bytes, int index) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(index * 4)..]);

    // Twenty rounds: ten times the columns, then the rows.
    private static uint[] Rounds(uint[] start)
    {
        var x = (uint[])start.Clone();
        for (var twice = 0; twice < 10; twice++)
        {
            Quarter(x, 0, 4, 8, 12);
            Quarter(x, 5, 9, 13, 1);
            Quarter(x, 10, 14, 2, 6);
            Quarter(x, 15, 3, 7, 11);
            Quarter(x, 0, 1, 2, 3);
            Quarter(x, 5, 6, 7, 4);
            Quarter(x, 10, 11, 8, 9);
            Quarter(x, 15, 12, 13, 14);
        }

        return x;
    }

    private static void Quarter(uint[] x, int a, int b, int c, int d)
    {
        x[b] ^= BitOperations.RotateLeft(x[a] + x[d], 7);
        x[c] ^= BitOperations.RotateLeft(x[b] + x[a], 9);
        x[d] ^= BitOperations.RotateLeft(x[c] + x[b], 13);
        x[a] ^= BitOperations.RotateLeft(x[d] + x[c], 18);
    }

    private static byte[] Poly1305(ReadOnlySpan<byte> text, ReadOnlySpan<byte> key)
    {
        var r = Number(key[..16]) & ClampMask;
        var sum = BigInteger.Zero;
        for (; !text.IsEmpty; text = text[Math.Min(16, text.Length)..])
        {
            var piece = text[..Math.Min(16, text.Length)];
            sum = (sum + Number(piece) + (BigInteger.One << (8 * piece.Length))) * r % Modulus;
        }

        var tag = new byte[TagLength + 2];
        ((sum + Number(key[16..])) & ((BigInteger.One << 128) - 1)).TryWriteBytes(tag, out _, isUnsigned: true);
        return tag[..TagLength];
    }

    private static BigInteger Number(ReadOnlySpan<byte> littleEndian) => new(littleEndian, isUnsigned: true);
}
