using System.Runtime.InteropServices;

namespace Ocid.Linux;

// openssl/evp.h, of the libcrypto that .NET itself uses for TLS
internal static partial class Libcrypto
{
    internal const int EVP_PKEY_ED25519 = 1087;

    private const string Library = "libcrypto.so.3";

    [LibraryImport(Library)]
    internal static partial int EVP_PBE_scrypt(
        ReadOnlySpan<byte> pass, nuint passlen, ReadOnlySpan<byte> salt, nuint saltlen, ulong N, ulong r, ulong p, ulong maxmem, Span<byte> key, nuint keylen);

    [LibraryImport(Library)]
    internal static partial nint EVP_PKEY_new_raw_public_key(int type, nint engine, ReadOnlySpan<byte> key, nuint keylen);

    [LibraryImport(Library)]
    internal static partial void EVP_PKEY_free(nint pkey);

    [LibraryImport(Library)]
    internal static partial nint EVP_MD_CTX_new();

    [LibraryImport(Library)]
    internal static partial void EVP_MD_CTX_free(nint ctx);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestVerifyInit(nint ctx, nint pctx, nint type, nint engine, nint pkey);

    [LibraryImport(Library)]
    internal static partial int EVP_DigestVerify(nint ctx, ReadOnlySpan<byte> sig, nuint siglen, ReadOnlySpan<byte> tbs, nuint tbslen);
}
