namespace Ocid.Revisions.Nodes;

/// <summary>Where the API server has RuntimeNodes: cluster-scoped, one for each node, of the node's name.</summary>
public static class RuntimeNodeApi
{
    /// <summary>The API group.</summary>
    public const string Group = "ocid.dev";

    /// <summary>The group's version.</summary>
    public const string Version = "v1alpha1";

    /// <summary><c>apiVersion</c> of the objects.</summary>
    public const string ApiVersion = $"{Group}/{Version}";

    /// <summary><c>kind</c> of the objects.</summary>
    public const string Kind = "RuntimeNode";

    /// <summary>Their name in addresses.</summary>
    public const string Plural = "runtimenodes";
}
