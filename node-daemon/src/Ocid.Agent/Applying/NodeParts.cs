using Ocid.Agent.Hosts;
using Ocid.Agent.Services;

namespace Ocid.Agent.Applying;

/// <summary>What a change of the node works with.</summary>
public sealed record NodeParts
{
    /// <summary>Where everything is.</summary>
    public required NodePaths Paths { get; init; }

    /// <summary>The host's services.</summary>
    public required IServiceControl Services { get; init; }

    /// <summary>The daemon.</summary>
    public required INodeRuntime Runtime { get; init; }

    /// <summary>The command that waits as the dead man: a program and its arguments.</summary>
    public required IReadOnlyList<string> DeadMan { get; init; }

    /// <summary>How long a change may take until the dead man takes it back.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How long the daemon may take until it works.</summary>
    public TimeSpan VerifyLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Now.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Told of each step when it is done.</summary>
    public Action<ApplyStep> Reached { get; init; } = static _ => { };
}
