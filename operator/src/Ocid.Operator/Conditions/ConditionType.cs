namespace Ocid.Operator.Conditions;

/// <summary>The conditions of a RuntimeConfig, by these names.</summary>
internal enum ConditionType
{
    /// <summary>Is it in force as it stands?</summary>
    Accepted,

    /// <summary>Is there a revision for its nodes, as it stands?</summary>
    Rendered,

    /// <summary>Is something on its way to nodes?</summary>
    Progressing,

    /// <summary>Does every node have a revision that works?</summary>
    Available,

    /// <summary>Is something wrong with a node?</summary>
    Degraded,

    /// <summary>Is ocid what the kubelets run pods with?</summary>
    Serving,

    /// <summary>Does every node have what it asks for? For <c>kubectl wait</c>.</summary>
    Ready,
}
