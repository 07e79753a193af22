using Ocid.Primitives;

namespace Ocid.Linux.Cryptography;

/// <summary>A key from a passphrase, made costly to guess.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc7914</remarks>
public static class Scrypt
{
    private const ulong MostMemory = 1UL << 30;

    /// <param name="passphrase">What a person knows.</param>
    /// <param name="salt">Random, kept beside what the key opens.</param>
    /// <param name="cost">N, a power of two.</param>
    /// <param name="blockSize">r.</param>
    /// <param name="parallelization">p.</param>
    /// <param name="length">The length of the key, in bytes.</param>
    /// <exception cref="OcidException">InvalidArgument: parameters that make no sense or need more than a gigabyte. Unimplemented: this host has no OpenSSL 3.</exception>
    public static byte[] Derive(ReadOnlySpan<byte> passphrase, ReadOnlySpan<byte> salt, int cost, int blockSize, int parallelization, int length)
    {
        var key = new byte[length];
        try
        {
            return Libcrypto.EVP_PBE_scrypt(passphrase, (nuint)passphrase.Length, salt, (nuint)salt.Length, (ulong)cost, (ulong)blockSize, (ulong)parallelization, MostMemory, key, (nuint)length) == 1
                ? key
                : throw new OcidException(ErrorKind.InvalidArgument, $"scrypt: N={cost}, r={blockSize}, p={parallelization} is not possible");
        }
        catch (DllNotFoundException missing)
        {
            throw new OcidException(ErrorKind.Unimplemented, "encrypted keys need OpenSSL 3 (libcrypto.so.3), which this host does not have", missing);
        }
    }
}
