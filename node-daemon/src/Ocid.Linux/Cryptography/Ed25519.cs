using Ocid.Primitives;

namespace Ocid.Linux.Cryptography;

/// <summary>Ed25519, which .NET does not offer.</summary>
/// <remarks>https://www.rfc-editor.org/rfc/rfc8032</remarks>
public static class Ed25519
{
    /// <summary>The length of a public key, in bytes.</summary>
    public const int KeyLength = 32;

    /// <summary>Whether the holder of the key signed the content.</summary>
    /// <exception cref="OcidException">Unimplemented: this host has no OpenSSL 3.</exception>
    public static bool Verify(ReadOnlySpan<byte> publicKey, ReadOnlySpan<byte> content, ReadOnlySpan<byte> signature)
    {
        try
        {
            var key = Libcrypto.EVP_PKEY_new_raw_public_key(Libcrypto.EVP_PKEY_ED25519, 0, publicKey, (nuint)publicKey.Length);
            var context = Libcrypto.EVP_MD_CTX_new();
            try
            {
                return key != 0 && context != 0 && Libcrypto.EVP_DigestVerifyInit(context, 0, 0, 0, key) == 1
                    && Libcrypto.EVP_DigestVerify(context, signature, (nuint)signature.Length, content, (nuint)content.Length) == 1;
            }
            finally
            {
                Libcrypto.EVP_MD_CTX_free(context);
                Libcrypto.EVP_PKEY_free(key);
            }
        }
        catch (DllNotFoundException missing)
        {
            throw new OcidException(ErrorKind.Unimplemented, "Ed25519 needs OpenSSL 3 (libcrypto.so.3), which this host does not have", missing);
        }
    }
}
