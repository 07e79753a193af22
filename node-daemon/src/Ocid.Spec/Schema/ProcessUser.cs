namespace Ocid.Spec.Schema;

/// <summary>Who a process runs as, in ids of the container's user namespace.</summary>
public sealed record ProcessUser
{
    /// <summary>User id.</summary>
    public required uint Uid { get; init; }

    /// <summary>Group id.</summary>
    public required uint Gid { get; init; }

    /// <summary>umask; the runtime's default where null.</summary>
    public uint? Umask { get; init; }

    /// <summary>Supplementary groups.</summary>
    public IReadOnlyList<uint>? AdditionalGids { get; init; }
}
