namespace Ocid.Spec.Users;

/// <summary>Who a container was asked to run as. <see cref="RunAsUser"/> wins over <see cref="RunAsUsername"/>, that over <see cref="ImageUser"/>.</summary>
public sealed record UserRequest
{
    /// <summary>The image's User: <c>user[:group]</c>, each a name or a number.</summary>
    public string? ImageUser { get; init; }

    /// <summary>User id asked for.</summary>
    public long? RunAsUser { get; init; }

    /// <summary>User name asked for; it must exist in the image.</summary>
    public string? RunAsUsername { get; init; }

    /// <summary>Primary group asked for; needs a user asked for.</summary>
    public long? RunAsGroup { get; init; }

    /// <summary>Supplementary groups asked for.</summary>
    public IReadOnlyList<long> SupplementalGroups { get; init; } = [];

    /// <summary>Whether the image's own memberships count too.</summary>
    public SupplementalGroupsPolicy Policy { get; init; }
}
