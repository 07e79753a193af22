namespace Ocid.E2E.Nodes;

public sealed record TestNodeOptions
{
    /// <summary>The runtime handler that pods get which ask for none: runc or crun.</summary>
    public string Runtime { get; init; } = "runc";

    /// <summary>The host and port of the test's registry, which speaks plain HTTP.</summary>
    public string? Registry { get; init; }

    /// <summary>Adds the portmap plugin, which leaves its chains on the machine for good.</summary>
    public bool PortMappings { get; init; }

    /// <summary>The loopback port for Prometheus; null serves no metrics.</summary>
    public int? MetricsPort { get; init; }

    /// <summary>Lines of <c>ocid.toml</c>'s <c>[runtime]</c> table.</summary>
    public string RuntimeSettings { get; init; } = "";

    /// <summary>Lines appended to <c>ocid.toml</c>.</summary>
    public string Configuration { get; init; } = "";

    /// <summary>False where a test writes the CNI configuration itself, later.</summary>
    public bool NetworkConfigured { get; init; } = true;
}
