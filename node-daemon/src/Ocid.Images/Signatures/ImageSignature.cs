using System.Text;
using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>A signature of an image as it was found: nothing about it is checked yet.</summary>
internal abstract record ImageSignature
{
    private const byte Marked = 0;

    /// <summary>The bytes that a store or a lookaside keeps of it.</summary>
    public abstract byte[] ToBlob();

    /// <summary>Reads what <see cref="ToBlob"/> or any tool of the field wrote.</summary>
    /// <exception cref="OcidException">DataLoss: of no known format.</exception>
    public static ImageSignature FromBlob(byte[] blob) => blob switch
    {
        [] => throw new OcidException(ErrorKind.DataLoss, "signature: empty"),
        [Marked, ..] => FromMarked(blob.AsSpan(1)),
        [var first, ..] when IsOpenPgp(first) => new SimpleSignature(blob),
        [var first, ..] => throw new OcidException(ErrorKind.DataLoss, $"signature: of no known format, it begins with 0x{first:x2}"),
    };

    // A binary OpenPGP message begins with a packet of compressed data, a one-pass signature or a signature, in the old or the new form.
    private static bool IsOpenPgp(byte first) => (first & 0xc0) switch
    {
        0xc0 => (first & 0x3f) is 8 or 4 or 2,
        0x80 => ((first >> 2) & 0xf) is 8 or 4 or 2,
        _ => false,
    };

    private static ImageSignature FromMarked(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOf((byte)'\n');
        var format = end < 0 ? "" : Encoding.ASCII.GetString(text[..end]);
        return format switch
        {
            SimpleSignature.Format => new SimpleSignature(text[(end + 1)..].ToArray()),
            SigstoreSignature.Format => SigstoreSignature.FromJson(text[(end + 1)..]),
            _ => throw new OcidException(ErrorKind.DataLoss, $"signature: of the unknown format {Quoted.Text(format)}"),
        };
    }

    protected static byte[] WithMark(string format, byte[] content) => [Marked, .. Encoding.ASCII.GetBytes(format), (byte)'\n', .. content];
}
