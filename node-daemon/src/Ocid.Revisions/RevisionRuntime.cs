using Ocid.Primitives;

namespace Ocid.Revisions;

/// <summary>The runtime that a revision is for.</summary>
/// <param name="Version">The version of ocid: digits, letters, '.', '-' and '+', as in <c>0.1.0</c>; at most 64 characters.</param>
/// <param name="Install">Who installs it.</param>
public sealed record RevisionRuntime(string Version, InstallMode Install)
{
    private const int Longest = 64;

    /// <summary>The version, checked.</summary>
    /// <exception cref="OcidException">InvalidArgument: no version.</exception>
    public string Version { get; } = IsVersion(Version)
        ? Version
        : throw new OcidException(ErrorKind.InvalidArgument, $"runtime version {Quoted.Text(Version)}: want at most {Longest} letters, digits, '.', '-' and '+', a digit first");

    // It becomes a directory's name on the host.
    private static bool IsVersion(string version) => version is { Length: > 0 and <= Longest } && char.IsAsciiDigit(version[0])
        && version.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+') && !version.Contains("..", StringComparison.Ordinal);
}
