namespace Ocid.Spec.Schema;

/// <summary>A process inside a container: the first one, or an exec.</summary>
public sealed record SpecProcess
{
    /// <summary>Whether it gets a pseudo terminal.</summary>
    public bool? Terminal { get; init; }

    /// <summary>Size of the terminal.</summary>
    public ConsoleSize? ConsoleSize { get; init; }

    /// <summary>Who it runs as.</summary>
    public required ProcessUser User { get; init; }

    /// <summary>The program and its arguments.</summary>
    public IReadOnlyList<string>? Args { get; init; }

    /// <summary>Environment, each NAME=value.</summary>
    public IReadOnlyList<string>? Env { get; init; }

    /// <summary>Absolute working directory inside the container.</summary>
    public required string Cwd { get; init; }

    /// <summary>Capability sets.</summary>
    public ProcessCapabilities? Capabilities { get; init; }

    /// <summary>Resource limits.</summary>
    public IReadOnlyList<ProcessRlimit>? Rlimits { get; init; }

    /// <summary>Whether prctl(PR_SET_NO_NEW_PRIVS) is called.</summary>
    public bool? NoNewPrivileges { get; init; }

    /// <summary>Name of a loaded AppArmor profile.</summary>
    public string? ApparmorProfile { get; init; }

    /// <summary>oom_score_adj, -1000 to 1000.</summary>
    public int? OomScoreAdj { get; init; }

    /// <summary>SELinux process label.</summary>
    public string? SelinuxLabel { get; init; }
}
