using System.Text;
using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>Files of keys and passphrases.</summary>
internal static class KeyFiles
{
    private const int Largest = 1 << 20;
    private const UnixFileMode Readable = AtomicFile.Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <exception cref="OcidException">FailedPrecondition: it cannot be read.</exception>
    public static async Task<byte[]> ReadAsync(string path, CancellationToken ct)
    {
        try
        {
            return new FileInfo(path).Length <= Largest
                ? await File.ReadAllBytesAsync(path, ct)
                : throw new OcidException(ErrorKind.FailedPrecondition, $"key {path}: longer than {Largest} bytes");
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OcidException(ErrorKind.FailedPrecondition, $"key {path}: {failure.Message}", failure);
        }
    }

    /// <summary>The first line of a file; nothing where there is no file.</summary>
    public static async Task<byte[]> PassphraseAsync(string? path, CancellationToken ct) =>
        path is null ? [] : Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(await ReadAsync(path, ct)).Split('\n')[0].TrimEnd('\r'));

    /// <summary>Writes the two files of a new key: <c>PREFIX.private</c> for its owner alone, <c>PREFIX.pub</c> for everybody.</summary>
    /// <exception cref="OcidException">AlreadyExists: a key is never overwritten.</exception>
    public static void WritePair(string prefix, byte[] privateKey, byte[] publicKey)
    {
        RequireFree(prefix);
        AtomicFile.Write(PrivateOf(prefix), privateKey);
        AtomicFile.Write(PublicOf(prefix), publicKey, Readable);
    }

    /// <exception cref="OcidException">AlreadyExists.</exception>
    public static void RequireFree(string prefix)
    {
        if (((string[])[PrivateOf(prefix), PublicOf(prefix)]).FirstOrDefault(Path.Exists) is { } existing)
            throw new OcidException(ErrorKind.AlreadyExists, $"{existing} exists; a key is not overwritten");
    }

    public static string PrivateOf(string prefix) => prefix + ".private";

    public static string PublicOf(string prefix) => prefix + ".pub";
}
