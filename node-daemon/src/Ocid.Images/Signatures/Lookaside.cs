using Ocid.Primitives;

namespace Ocid.Images.Signatures;

/// <summary>A store of signatures beside the registry: <c>REPOSITORY@sha256=HEX/signature-N</c>, in a directory or on a web server.</summary>
internal sealed class Lookaside(Uri root, ImageReference repository)
{
    // As many as a manifest may have before it is a mistake, or an attempt to keep us busy.
    private const int MostSignatures = 128;

    public async Task<IReadOnlyList<ImageSignature>> ReadAsync(Digest manifest, CancellationToken ct)
    {
        var found = new List<ImageSignature>();
        for (var number = 1; await ReadAsync(Address(manifest, number), ct) is { } blob; number++)
        {
            if (number > MostSignatures)
                throw new OcidException(ErrorKind.ResourceExhausted, $"{Address(manifest, number)}: more than {MostSignatures} signatures");
            found.Add(ImageSignature.FromBlob(blob));
        }

        return found;
    }

    private string Address(Digest manifest, int number) => $"{root.AbsoluteUri.TrimEnd('/')}/{repository.Path}@{manifest.Algorithm}={manifest.Hex}/signature-{number}";

    private static async Task<byte[]?> ReadAsync(string address, CancellationToken ct)
    {
        try
        {
            return await File.ReadAllBytesAsync(new Uri(address).LocalPath, ct);
        }
        catch (Exception absent) when (absent is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }
}
