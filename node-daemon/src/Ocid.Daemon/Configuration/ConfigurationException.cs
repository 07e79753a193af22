using Ocid.Primitives;

namespace Ocid.Daemon.Configuration;

/// <summary>A configuration with errors, all of them.</summary>
/// <param name="errors">One line each: place, key, reason.</param>
internal sealed class ConfigurationException(IReadOnlyList<string> errors) : OcidException(ErrorKind.InvalidArgument, string.Join('\n', errors))
{
    public IReadOnlyList<string> Errors { get; } = errors;
}
