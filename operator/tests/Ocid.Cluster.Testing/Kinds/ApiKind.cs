namespace Ocid.Cluster.Testing.Kinds;

/// <summary>A resource that the double serves.</summary>
public sealed record ApiKind(string Group, string Version, string Kind, string Plural)
{
    public bool IsNamespaced { get; init; } = true;

    /// <summary>Whether the status is written apart from the rest.</summary>
    public bool HasStatus { get; init; }

    /// <summary>Whether the generation counts changes of what is asked for.</summary>
    public bool HasGeneration { get; init; }

    /// <summary>Whether a whole object can be written without saying of which version it was made.</summary>
    public bool TakesUnconditionalUpdates { get; init; } = true;

    /// <summary>Fields that a selector can name, beside metadata.name and metadata.namespace.</summary>
    public IReadOnlyList<string> Fields { get; init; } = [];

    public string ApiVersion => Group.Length == 0 ? Version : $"{Group}/{Version}";

    /// <summary>As messages name it: <c>runtimenodes.ocid.dev</c>.</summary>
    public override string ToString() => Group.Length == 0 ? Plural : $"{Plural}.{Group}";
}
