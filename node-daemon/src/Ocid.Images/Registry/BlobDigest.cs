using System.Security.Cryptography;
using Ocid.Primitives;

namespace Ocid.Images.Registry;

/// <summary>Checks that bytes are those that a digest names.</summary>
internal static class BlobDigest
{
    public static IncrementalHash NewHash(Digest wanted) =>
        IncrementalHash.CreateHash(wanted.Algorithm == "sha512" ? HashAlgorithmName.SHA512 : HashAlgorithmName.SHA256);

    /// <exception cref="OcidException">DataLoss: they are others.</exception>
    public static void Verify(string what, Digest wanted, ReadOnlySpan<byte> bytes)
    {
        using var hash = NewHash(wanted);
        hash.AppendData(bytes);
        Verify(what, wanted, hash);
    }

    /// <exception cref="OcidException">DataLoss: they are others.</exception>
    public static void Verify(string what, Digest wanted, IncrementalHash hash)
    {
        var found = Convert.ToHexStringLower(hash.GetCurrentHash());
        if (found != wanted.Hex)
            throw new OcidException(ErrorKind.DataLoss, $"{what}: the content has the digest {wanted.Algorithm}:{found}");
    }
}
