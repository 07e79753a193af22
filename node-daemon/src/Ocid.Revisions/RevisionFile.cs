using Ocid.Primitives;

namespace Ocid.Revisions;

/// <summary>A file of a revision.</summary>
/// <param name="Path">Where it is, below the revision's directory.</param>
/// <param name="Key">The key of its content in the Secret: letters, digits, '-', '_' and '.', at most 253.</param>
/// <param name="Mode">Its permission bits, at most 0777.</param>
/// <param name="Digest">The SHA-256 of its content, as it is in the Secret.</param>
/// <param name="Needs">What a change of it costs a node.</param>
public sealed record RevisionFile(RevisionPath Path, string Key, int Mode, Digest Digest, Disruption Needs)
{
    private const int MostMode = 0x1FF;

    /// <summary>The key, checked.</summary>
    /// <exception cref="OcidException">InvalidArgument: no key of a Secret, or the document's.</exception>
    public string Key { get; } = RevisionSecret.IsKey(Key) && Key != RevisionDocument.FileName
        ? Key
        : throw new OcidException(ErrorKind.InvalidArgument, $"file {Path}: key {Quoted.Text(Key)}: want a Secret's key other than {RevisionDocument.FileName}");

    /// <summary>The mode, checked.</summary>
    /// <exception cref="OcidException">InvalidArgument: more than permission bits.</exception>
    public int Mode { get; } = Mode is >= 0 and <= MostMode
        ? Mode
        : throw new OcidException(ErrorKind.InvalidArgument, $"file {Path}: mode {Mode}: want 0 to {MostMode}");
}
