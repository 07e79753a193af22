using Ocid.Spec.Seccomp;

namespace Ocid.Cri;

/// <summary>What can change while the node serves: containers that are made from then on have the new values.</summary>
public sealed record NodeSettings
{
    /// <summary>Names the configuration that all of this comes from: who asked for a reload sees by it in Status that it is done.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>How many tasks a container may have; 0 for no limit.</summary>
    public long PidsLimit { get; init; }

    /// <summary>How many bytes the log of a container may have before it begins anew; 0 for no limit.</summary>
    public long LogSizeLimit { get; init; }

    /// <summary>Where CDI specifications are; a device of a later directory hides that of an earlier one.</summary>
    public IReadOnlyList<string> CdiSpecDirectories { get; init; } = [];

    /// <summary>Where OCI hooks are configured; a file of a later directory replaces its namesake of an earlier one.</summary>
    public IReadOnlyList<string> HooksDirectories { get; init; } = [];

    /// <summary>The system call filter of containers that ask for RuntimeDefault; null is the built-in one.</summary>
    public SeccompRequest? DefaultSeccomp { get; init; }

    /// <summary>Images that the kubelet is told to keep.</summary>
    public IReadOnlyList<ImageNamePattern> PinnedImages { get; init; } = [];

    /// <summary>Whether the kubelet may also remove images that other programs brought or use.</summary>
    public bool CollectForeignImages { get; init; }
}
