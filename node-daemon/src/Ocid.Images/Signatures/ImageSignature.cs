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
    public static ImageSignature FromBlob(byte[] blob) => blob switch
    {
        [] => new UnknownSignature(blob, "an empty one"),
        [Marked, ..] => FromMarked(blob),
        [var first, ..] when IsOpenPgp(first) => new SimpleSignature(blob),
        [var first, ..] => new UnknownSignature(blob, $"one that begins with 0x{first:x2}"),
    };

    // A binary OpenPGP message begins with a packet of compressed data, a one-pass signature or a signature, in the old or the new form.
    private static bool IsOpenPgp(byte first) => (first & 0xc0) switch
    {
        0xc0 => (first & 0x3f) is 8 or 4 or 2,
        0x80 => ((first >> 2) & 0xf) is 8 or 4 or 2,
        _ => false,
    };

    private static ImageSignature FromMarked(byte[] blob)
    {
        var end = Array.IndexOf(blob, (byte)'\n');
        var format = end < 0 ? "" : Encoding.ASCII.GetString(blob[1..end]);
        return format switch
        {
            SimpleSignature.Format => new SimpleSignature(blob[(end + 1)..]),
            SigstoreSignature.Format => SigstoreSignature.TryParse(blob.AsSpan(end + 1)) ?? (ImageSignature)new UnknownSignature(blob, $"a malformed {format}"),
            _ => new UnknownSignature(blob, $"one of format {Quoted.Text(format)}"),
        };
    }

    protected static byte[] WithMark(string format, byte[] content) => [Marked, .. Encoding.ASCII.GetBytes(format), (byte)'\n', .. content];
}
