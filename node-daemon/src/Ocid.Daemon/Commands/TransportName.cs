using System.Text.RegularExpressions;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary>Names as podman and skopeo write them, with a transport in front.</summary>
internal static partial class TransportName
{
    private const string Docker = "docker://";

    /// <summary>Whether the name is one of an image in a registry.</summary>
    public static bool IsRegistry(string text) => text.StartsWith(Docker, StringComparison.Ordinal);

    /// <summary>A name in a registry, with or without <c>docker://</c>.</summary>
    /// <exception cref="OcidException">InvalidArgument: no name. Unimplemented: another transport.</exception>
    public static ImageReference InRegistry(string text)
    {
        if (IsRegistry(text))
            return ImageReference.Parse(text[Docker.Length..]);
        return Others().Match(text) is { Success: true } other
            ? throw new OcidException(ErrorKind.Unimplemented, $"{Quoted.Text(text)}: the transport {other.Value} is not supported; want docker://")
            : ImageReference.Parse(text);
    }

    [GeneratedRegex("^(atomic|containers-storage|dir|docker-archive|docker-daemon|oci|oci-archive|ostree|sif|tarball):")]
    private static partial Regex Others();
}
