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

    /// <summary>A given filter: the node's configured default, or a Localhost profile.</summary>
    public static SeccompRequest From(SeccompProfile profile) => new(profile);
}
