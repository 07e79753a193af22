using System.Text.Json;
using Ocid.Primitives;
using Ocid.Revisions.Wire;

namespace Ocid.Revisions;

/// <summary>
/// <c>revision.json</c>: which files a node gets, and for which runtime. Two documents that say the same are the same bytes: members in one order, files in the
/// order of their paths, no white space.
/// </summary>
public sealed class RevisionDocument
{
    /// <summary>Its name, in the Secret and on the node.</summary>
    public const string FileName = "revision.json";

    private const int Supported = 1;

    private readonly byte[] _bytes;

    /// <param name="runtime">The runtime.</param>
    /// <param name="kubelet">What becomes of the kubelet's choice.</param>
    /// <param name="files">The files, in any order.</param>
    /// <exception cref="OcidException">InvalidArgument: two files have one path or one key, or one is where another needs a directory.</exception>
    public RevisionDocument(RevisionRuntime runtime, KubeletMode kubelet, IEnumerable<RevisionFile> files)
    {
        (Runtime, Kubelet, Files) = (runtime, kubelet, [.. files.OrderBy(file => file.Path, RevisionPath.Order)]);
        RefuseClashes(Files);
        _bytes = JsonSerializer.SerializeToUtf8Bytes(RevisionWire.Of(this, Supported), RevisionJson.Default.RevisionWire);
        Hash = RevisionHash.Of(_bytes);
    }

    /// <summary>The runtime.</summary>
    public RevisionRuntime Runtime { get; }

    /// <summary>What becomes of the kubelet's choice.</summary>
    public KubeletMode Kubelet { get; }

    /// <summary>The files, in the order of their paths.</summary>
    public IReadOnlyList<RevisionFile> Files { get; }

    /// <summary>The document's name.</summary>
    public RevisionHash Hash { get; }

    /// <summary>Reads a document.</summary>
    /// <exception cref="OcidException">InvalidArgument: no document of a version that is known, and why.</exception>
    public static RevisionDocument Parse(ReadOnlySpan<byte> json)
    {
        RevisionDocument document;
        try
        {
            var wire = JsonSerializer.Deserialize(json, RevisionJson.Default.RevisionWire) ?? throw new JsonException("null");
            if (wire.Version != Supported)
                throw new OcidException(ErrorKind.InvalidArgument, $"version {wire.Version} is not known to this program, which knows version {Supported}");
            document = wire.ToDocument();
        }
        catch (JsonException wrong)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"{FileName}: line {wrong.LineNumber + 1}, {wrong.Path}: want a revision of version {Supported}", wrong);
        }
        catch (OcidException wrong)
        {
            throw new OcidException(wrong.Kind, $"{FileName}: {wrong.Message}", wrong);
        }

        // Its hash is its name: a second spelling of the same revision would have a second name.
        return json.SequenceEqual(document._bytes)
            ? document
            : throw new OcidException(ErrorKind.InvalidArgument, $"{FileName}: not in its canonical form");
    }

    /// <summary>The document's bytes.</summary>
    public byte[] Write() => [.. _bytes];

    private static void RefuseClashes(IReadOnlyList<RevisionFile> files)
    {
        if (files.CountBy(file => file.Path).FirstOrDefault(path => path.Value > 1).Key is { } twice)
            throw new OcidException(ErrorKind.InvalidArgument, $"path {Quoted.Text(twice.Value)} is there twice");
        if (files.CountBy(file => file.Key, StringComparer.Ordinal).FirstOrDefault(key => key.Value > 1).Key is { } shared)
            throw new OcidException(ErrorKind.InvalidArgument, $"key {Quoted.Text(shared)} is there twice");

        var paths = files.Select(file => file.Path.Value).ToHashSet(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            for (var slash = path.IndexOf('/', StringComparison.Ordinal); slash >= 0; slash = path.IndexOf('/', slash + 1))
            {
                if (paths.Contains(path[..slash]))
                    throw new OcidException(ErrorKind.InvalidArgument, $"path {Quoted.Text(path[..slash])} is a file, and a directory for {Quoted.Text(path)}");
            }
        }
    }
}
