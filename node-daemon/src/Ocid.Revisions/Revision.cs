using Ocid.Primitives;

namespace Ocid.Revisions;

/// <summary>A document with the contents of its files: whole, and what the document says.</summary>
public sealed class Revision
{
    private readonly IReadOnlyDictionary<string, byte[]> _contents;

    private Revision(RevisionDocument document, IReadOnlyDictionary<string, byte[]> contents) => (Document, _contents) = (document, contents);

    /// <summary>The document.</summary>
    public RevisionDocument Document { get; }

    /// <summary>The document's name.</summary>
    public RevisionHash Hash => Document.Hash;

    /// <summary>The bytes that count against a Secret's limit.</summary>
    public long Size => Document.Write().LongLength + _contents.Values.Sum(content => content.LongLength);

    /// <summary>Makes a revision of files.</summary>
    /// <param name="runtime">The runtime.</param>
    /// <param name="kubelet">What becomes of the kubelet's choice.</param>
    /// <param name="files">Each path once.</param>
    /// <exception cref="OcidException">InvalidArgument: the files cannot be in one directory.</exception>
    public static Revision Create(RevisionRuntime runtime, KubeletMode kubelet, IEnumerable<RevisionContent> files)
    {
        var sorted = files.OrderBy(file => file.Path, RevisionPath.Order).ToList();
        var keys = RevisionSecret.KeysOf(sorted.Select(file => file.Path));
        var document = new RevisionDocument(
            runtime, kubelet, sorted.Select((file, index) => new RevisionFile(file.Path, keys[index], file.Mode, Digest.Sha256(file.Content), file.Needs)));
        return new Revision(document, sorted.Zip(keys).ToDictionary(file => file.Second, file => file.First.Content, StringComparer.Ordinal));
    }

    /// <summary>Reads what a Secret holds, or a directory that it was written to.</summary>
    /// <param name="hash">Its name: what it must be.</param>
    /// <param name="data">The contents by their keys, the document among them.</param>
    /// <exception cref="OcidException">InvalidArgument: the document is wrong. DataLoss: something is missing, too much, or not what its hash or digest says.</exception>
    public static Revision Read(RevisionHash hash, IReadOnlyDictionary<string, byte[]> data)
    {
        if (!data.TryGetValue(RevisionDocument.FileName, out var json))
            throw Damaged(hash, $"{RevisionDocument.FileName} is missing");
        if (RevisionHash.Of(json) is var actual && actual != hash)
            throw Damaged(hash, $"{RevisionDocument.FileName} has the hash {actual}");

        var document = RevisionDocument.Parse(json);
        foreach (var file in document.Files)
        {
            if (!data.TryGetValue(file.Key, out var content))
                throw Damaged(hash, $"key {file.Key} with {file.Path} is missing");
            if (Digest.Sha256(content) != file.Digest)
                throw Damaged(hash, $"{file.Path} is not what its digest says");
        }

        var keys = document.Files.Select(file => file.Key).Append(RevisionDocument.FileName);
        if (data.Keys.Except(keys, StringComparer.Ordinal).Order(StringComparer.Ordinal).FirstOrDefault() is { } extra)
            throw Damaged(hash, $"key {Quoted.Text(extra)} belongs to no file");
        return new Revision(document, document.Files.ToDictionary(file => file.Key, file => data[file.Key], StringComparer.Ordinal));
    }

    /// <summary>The content of one of the document's files.</summary>
    public ReadOnlyMemory<byte> ContentOf(RevisionFile file) => _contents[file.Key];

    /// <summary>What the Secret holds, by keys.</summary>
    public IReadOnlyDictionary<string, byte[]> ToData() =>
        new Dictionary<string, byte[]>(_contents, StringComparer.Ordinal) { [RevisionDocument.FileName] = Document.Write() };

    private static OcidException Damaged(RevisionHash hash, string reason) => new(ErrorKind.DataLoss, $"revision {hash}: {reason}");
}
