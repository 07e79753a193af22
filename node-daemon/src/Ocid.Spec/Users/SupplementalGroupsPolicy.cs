namespace Ocid.Spec.Users;

/// <summary>Which supplementary groups a container gets.</summary>
public enum SupplementalGroupsPolicy
{
    /// <summary>Those asked for, and those that the image's group file lists the user in.</summary>
    Merge,

    /// <summary>Those asked for.</summary>
    Strict,
}
