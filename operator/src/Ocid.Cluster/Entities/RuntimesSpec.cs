using KubeOps.Abstractions.Entities.Attributes;

namespace Ocid.Cluster.Entities;

/// <summary>The OCI runtimes that pods can ask for.</summary>
public sealed class RuntimesSpec
{
    /// <summary>The handler of pods that ask for none.</summary>
    [Length(1, 63)]
    public string? Default { get; set; }

    /// <summary>The handlers, by the names that a RuntimeClass uses.</summary>
    [Items(0, 16)]
    [ListMapKey("name")]
    public IList<HandlerSpec>? Handlers { get; set; }
}
