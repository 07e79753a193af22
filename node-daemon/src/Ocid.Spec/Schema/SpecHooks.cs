namespace Ocid.Spec.Schema;

/// <summary>Programs that the runtime runs around the container's life.</summary>
public sealed record SpecHooks
{
    /// <summary>Deprecated: after create, before start.</summary>
    public IReadOnlyList<SpecHook>? Prestart { get; init; }

    /// <summary>During create, in the runtime's namespaces.</summary>
    public IReadOnlyList<SpecHook>? CreateRuntime { get; init; }

    /// <summary>During create, in the container's namespaces.</summary>
    public IReadOnlyList<SpecHook>? CreateContainer { get; init; }

    /// <summary>During start, before the process runs.</summary>
    public IReadOnlyList<SpecHook>? StartContainer { get; init; }

    /// <summary>After the process runs.</summary>
    public IReadOnlyList<SpecHook>? Poststart { get; init; }

    /// <summary>After delete.</summary>
    public IReadOnlyList<SpecHook>? Poststop { get; init; }
}
