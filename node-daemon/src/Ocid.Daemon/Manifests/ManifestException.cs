using Ocid.Primitives;

namespace Ocid.Daemon.Manifests;

/// <summary>A manifest that cannot be run as it is meant, with everything that is wrong.</summary>
/// <param name="lines">One line each: place, field, reason.</param>
internal sealed class ManifestException(IReadOnlyList<string> lines) : OcidException(ErrorKind.InvalidArgument, string.Join('\n', lines))
{
    public IReadOnlyList<string> Lines { get; } = lines;
}
