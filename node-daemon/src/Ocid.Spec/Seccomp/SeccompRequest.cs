using Ocid.Primitives;

namespace Ocid.Spec.Seccomp;

/// <summary>Which system call filter a container gets.</summary>
public sealed class SeccompRequest
{
    private SeccompRequest(SeccompProfile? profile) => Profile = profile;

    /// <summary>No filter.</summary>
    public static SeccompRequest Unconfined { get; } = new(null);

    /// <summary>The built-in default filter.</summary>
    public static SeccompRequest RuntimeDefault { get; } = new(SeccompProfile.Default);

    internal SeccompProfile? Profile { get; }

    /// <summary>A given filter.</summary>
    public static SeccompRequest From(SeccompProfile profile) => new(profile);

    /// <summary>A filter of a file: the node's configured default, or a Localhost profile.</summary>
    /// <exception cref="OcidException">InvalidArgument: it cannot be read, or is no profile.</exception>
    public static SeccompRequest FromFile(string path)
    {
        try
        {
            return From(SeccompProfile.Parse(File.ReadAllBytes(path)));
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            throw new OcidException(ErrorKind.InvalidArgument, $"seccomp profile {Quoted.Text(path)}: {unreadable.Message}", unreadable);
        }
        catch (OcidException wrong)
        {
            throw new OcidException(wrong.Kind, $"{Quoted.Text(path)}: {wrong.Message}", wrong);
        }
    }
}
