using Ocid.Linux;

namespace Ocid.Images.Signatures.OpenPgp;

/// <summary>What a run of gpg said, of which only the status lines are meant for programs.</summary>
/// <remarks>https://github.com/gpg/gnupg/blob/master/doc/DETAILS</remarks>
internal sealed class GpgResult(CommandResult result)
{
    private const string Prefix = "[GNUPG:] ";

    public bool IsSuccess => result.IsSuccess;

    public string LastErrorLine => result.LastErrorLine;

    /// <summary>The status lines, each as its words.</summary>
    public IReadOnlyList<string[]> Status { get; } =
        [.. result.OutputText.Split('\n').Where(line => line.StartsWith(Prefix, StringComparison.Ordinal)).Select(line => line[Prefix.Length..].Split(' '))];

    public IEnumerable<string[]> Lines(string keyword) => Status.Where(words => words[0] == keyword);

    public bool Has(string keyword) => Lines(keyword).Any();
}
