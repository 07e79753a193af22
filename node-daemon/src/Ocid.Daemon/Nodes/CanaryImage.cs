using System.Formats.Tar;
using System.Runtime.InteropServices;
using System.Text;
using Ocid.Primitives;
using Ocid.Storage;
using Ocid.Storage.Archive;

namespace Ocid.Daemon.Nodes;

/// <summary>The canary's image: one layer with one program, made here and put into the store without any registry.</summary>
internal sealed class CanaryImage
{
    /// <summary>The program's path in the image.</summary>
    public const string Program = "/canary";

    private const string Name = "localhost/ocid-canary:latest";

    private readonly byte[] _layer;
    private readonly byte[] _config;
    private readonly byte[] _manifest;

    private CanaryImage(Architecture architecture)
    {
        _layer = Layer(CanaryProgram.For(architecture));
        _config = Encoding.UTF8.GetBytes($$$"""
            {"architecture":"{{{(architecture == Architecture.X64 ? "amd64" : "arm64")}}}","os":"linux","config":{"Entrypoint":["{{{Program}}}"]},"rootfs":{"type":"layers","diff_ids":["{{{Digest.Sha256(_layer)}}}"]}}
            """);
        _manifest = Encoding.UTF8.GetBytes($$"""
            {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json","config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"{{Digest.Sha256(_config)}}","size":{{_config.Length}}},"layers":[{"mediaType":"application/vnd.oci.image.layer.v1.tar","digest":"{{Digest.Sha256(_layer)}}","size":{{_layer.Length}}}]}
            """);
        Id = ImageId.OfConfig(Digest.Sha256(_config));
    }

    /// <summary>The image's id.</summary>
    public ImageId Id { get; }

    /// <summary>The image for this host's processor.</summary>
    public static CanaryImage ForThisHost() => new(RuntimeInformation.ProcessArchitecture);

    /// <summary>Puts it into the store; one that is there already is put there once more.</summary>
    public async Task PutAsync(Store store, CancellationToken ct)
    {
        var digest = Digest.Sha256(_layer);
        var isThere = store.FindLayer(LayerId.OfChain([digest])[0]) is not null;
        await using var staging = isThere ? null : await store.StageLayerAsync(ct).ConfigureAwait(false);
        var layer = new CommittedLayer { DiffId = digest, CompressedDigest = digest, CompressedSize = _layer.Length };
        if (staging is not null)
            layer = await ExtractAsync(layer, staging, ct).ConfigureAwait(false);

        var manifestDigest = Digest.Sha256(_manifest);
        await store.CommitImageAsync(
            new ImageCommit
            {
                Id = Id,
                Digest = manifestDigest,
                Names = [Name],
                Layers = [layer],
                BigData = [new(Digest.Sha256(_config).ToString(), _config), new($"manifest-{manifestDigest}", _manifest), new("manifest", _manifest)],
            },
            ct).ConfigureAwait(false);
    }

    private async Task<CommittedLayer> ExtractAsync(CommittedLayer layer, LayerStaging staging, CancellationToken ct)
    {
        ExtractedLayer extracted;
        using (var tarSplit = File.Create(staging.TarSplitPath))
            extracted = await LayerExtractor.ExtractAsync(new MemoryStream(_layer), staging.DiffPath, tarSplit, new ExtractionLimits(), ct).ConfigureAwait(false);
        return layer with { UncompressedSize = extracted.UncompressedSize, Staged = staging, UserIds = extracted.UserIds, GroupIds = extracted.GroupIds };
    }

    // The same bytes every time: no time, no owner but root.
    private static byte[] Layer(byte[] program)
    {
        using var archive = new MemoryStream();
        using (var writer = new TarWriter(archive, TarEntryFormat.Ustar, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, Program.TrimStart('/'))
            {
                Mode = UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute,
                ModificationTime = DateTimeOffset.UnixEpoch,
                DataStream = new MemoryStream(program),
            });
        }

        return archive.ToArray();
    }
}
