namespace Ocid.Linux;

/// <summary>
/// A child to run. It gets default signal dispositions, an empty signal mask, a process group of its own and no
/// descriptor but those named here, and the kernel's default soft limit of descriptors; it inherits all other rlimits, umask and oom_score_adj.
/// </summary>
public sealed record CommandSpec
{
    /// <summary>The absolute path of the program; PATH is not searched.</summary>
    public required string Program { get; init; }

    /// <summary>The arguments after the program's name.</summary>
    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>The whole environment; null inherits this process's.</summary>
    public IReadOnlyDictionary<string, string>? Environment { get; init; }

    /// <summary>The child's working directory; null inherits.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>What the child reads from its standard input; empty is /dev/null.</summary>
    public ReadOnlyMemory<byte> Input { get; init; }

    /// <summary>How many bytes of each output are kept; the rest is read and discarded.</summary>
    public int OutputLimit { get; init; } = 16 * 1024 * 1024;

    /// <summary>After how long the child and all its descendants are killed.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Given to the child as standard input in place of <see cref="Input"/>.</summary>
    public FileDescriptor? StandardInput { get; init; }

    /// <summary>Given to the child as standard output, which is then not captured.</summary>
    public FileDescriptor? StandardOutput { get; init; }

    /// <summary>Given to the child as standard error, which is then not captured.</summary>
    public FileDescriptor? StandardError { get; init; }

    /// <summary>Given to the child as descriptors 3, 4 and so on.</summary>
    public IReadOnlyList<FileDescriptor> ExtraDescriptors { get; init; } = [];

    /// <summary>
    /// A mount point that the child must not see: it runs in a copy of this mount namespace from which that mount alone is taken away.
    /// Everything else propagates as it does here. No mount point there: nothing happens.
    /// </summary>
    public string? HiddenPath { get; init; }
}
