using System.Text;
using Ocid.Primitives;

namespace Ocid.Revisions;

/// <summary>Stands in a file's content for the directory that the revision is at: the operator does not know where a node has it.</summary>
public static class DirectoryMark
{
    /// <summary>The mark, as it is in the Secret.</summary>
    public const string Text = "@DIR@";

    /// <summary>Whether the mark counts in a file: in ocid's own TOML, and in signature policies. Elsewhere it is text as any other.</summary>
    public static bool IsIn(RevisionPath path) => path.Value is "policy.json" || IsTopLevel(path.Value, ".toml")
        || path.Value.StartsWith("policies/", StringComparison.Ordinal) && path.Value.EndsWith(".json", StringComparison.Ordinal);

    /// <summary>The content as it is to be on the node.</summary>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content in the Secret.</param>
    /// <param name="directory">An absolute path without what JSON or TOML would read otherwise: quotes, backslashes, control characters.</param>
    /// <exception cref="OcidException">InvalidArgument: no such directory.</exception>
    public static ReadOnlyMemory<byte> Fill(RevisionPath path, ReadOnlyMemory<byte> content, string directory)
    {
        if (!directory.StartsWith('/') || directory.Any(c => char.IsControl(c) || c is '"' or '\\'))
            throw new OcidException(ErrorKind.InvalidArgument, $"directory {Quoted.Text(directory)}: want an absolute path without quotes, backslashes and control characters");

        return IsIn(path) ? Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(content.Span).Replace(Text, directory.TrimEnd('/'), StringComparison.Ordinal)) : content;
    }

    private static bool IsTopLevel(string path, string ending) => !path.Contains('/', StringComparison.Ordinal) && path.EndsWith(ending, StringComparison.Ordinal);
}
