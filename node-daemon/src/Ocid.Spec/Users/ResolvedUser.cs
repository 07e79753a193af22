namespace Ocid.Spec.Users;

/// <summary>Who a container runs as, after the image's passwd and group files were asked.</summary>
public sealed record ResolvedUser
{
    /// <summary>root, with root's group alone.</summary>
    public static ResolvedUser Root { get; } = new() { Uid = 0, Gid = 0, AdditionalGids = [0] };

    /// <summary>User id.</summary>
    public required uint Uid { get; init; }

    /// <summary>Primary group.</summary>
    public required uint Gid { get; init; }

    /// <summary>Supplementary groups, the primary one first: without it a program could drop a group that a file's mode denies.</summary>
    public IReadOnlyList<uint> AdditionalGids { get; init; } = [];

    /// <summary>Name in the image's passwd, where it has one.</summary>
    public string? Name { get; init; }

    /// <summary>Home directory in the image's passwd, where it has one.</summary>
    public string? Home { get; init; }
}
