using Ocid.Primitives;

namespace Ocid.Cri;

/// <summary>Names of images: one in full, all that begin like <c>quay.io/team/*</c>, or all with <c>*word*</c> in them.</summary>
/// <remarks>https://github.com/cri-o/cri-o/blob/main/docs/crio.conf.5.md, pinned_images</remarks>
public sealed class ImageNamePattern
{
    private readonly Func<string, bool> _matches;

    private ImageNamePattern(Func<string, bool> matches) => _matches = matches;

    /// <summary>Reads a pattern. A name without tag or digest stands for each of its tags and digests.</summary>
    /// <exception cref="OcidException">InvalidArgument: a star elsewhere, or no name of an image.</exception>
    public static ImageNamePattern Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var (begins, ends) = (text.StartsWith('*'), text.EndsWith('*'));
        var word = text.Trim('*');
        if (word.Length == 0 || word.Contains('*', StringComparison.Ordinal) || (begins && !ends))
            throw new OcidException(ErrorKind.InvalidArgument, $"{Quoted.Text(text)}: want the name of an image, a beginning with '*' after it, or a word with '*' on both sides");
        if (begins)
            return new ImageNamePattern(name => name.Contains(word, StringComparison.Ordinal));
        if (ends)
            return new ImageNamePattern(name => name.StartsWith(word, StringComparison.Ordinal));

        var wanted = ImageReference.Parse(word);
        return new ImageNamePattern(name => ImageReference.TryParse(name, out var one) && one.Name == wanted.Name
            && (wanted.Tag is null || wanted.Tag == one.Tag) && (wanted.Digest is null || wanted.Digest == one.Digest));
    }

    /// <summary>Whether an image's full name, with tag or digest, is meant.</summary>
    public bool Matches(string name) => _matches(name);
}
