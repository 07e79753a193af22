using Ocid.Linux;
using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>A store of signatures beside the registry: <c>REPOSITORY@sha256=HEX/signature-N</c>, in a directory or on a web server.</summary>
internal sealed class Lookaside(Uri root, ImageReference repository)
{
    // As many as a manifest may have before it is a mistake, or an attempt to keep us busy.
    private const int MostSignatures = 128;
    private const int LargestSignature = 4 << 20;
    private const UnixFileMode Readable = AtomicFile.Private | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <param name="manifest">The digest of what was signed.</param>
    /// <param name="fetch">Reads from a web server; null where there is nothing.</param>
    /// <param name="ct">Cancels.</param>
    public async Task<IReadOnlyList<ImageSignature>> ReadAsync(Digest manifest, Func<Uri, CancellationToken, Task<byte[]?>> fetch, CancellationToken ct)
    {
        var found = new List<ImageSignature>();
        while (await ReadAsync(Address(manifest, found.Count + 1), fetch, ct) is { } blob)
        {
            if (found.Count == MostSignatures)
                throw new OcidException(ErrorKind.ResourceExhausted, $"{Address(manifest, 1)}: more than {MostSignatures} signatures");
            found.Add(ImageSignature.FromBlob(blob));
        }

        return found;
    }

    /// <summary>Adds a signature behind those that are there.</summary>
    /// <returns>Its file.</returns>
    /// <exception cref="OcidException">FailedPrecondition: not a directory, but a web server.</exception>
    public string Write(Digest manifest, ImageSignature signature)
    {
        if (!root.IsFile)
            throw new OcidException(ErrorKind.FailedPrecondition, $"{root}: signatures cannot be written to a web server; configure lookaside-staging in registries.d, or give --output");
        var number = 1;
        while (File.Exists(Address(manifest, number).LocalPath))
            number++;
        var file = Address(manifest, number).LocalPath;
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        AtomicFile.Write(file, signature.ToBlob(), Readable);
        return file;
    }

    private Uri Address(Digest manifest, int number) => new($"{root.AbsoluteUri.TrimEnd('/')}/{repository.Path}@{manifest.Algorithm}={manifest.Hex}/signature-{number}");

    private static async Task<byte[]?> ReadAsync(Uri address, Func<Uri, CancellationToken, Task<byte[]?>> fetch, CancellationToken ct)
    {
        if (!address.IsFile)
            return await fetch(address, ct);
        try
        {
            var file = new FileInfo(address.LocalPath);
            return file.Length <= LargestSignature
                ? await File.ReadAllBytesAsync(file.FullName, ct)
                : throw new OcidException(ErrorKind.ResourceExhausted, $"{file.FullName}: longer than {LargestSignature} bytes");
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new OcidException(ErrorKind.FailedPrecondition, $"signature {address.LocalPath}: {failure.Message}", failure);
        }
    }
}
