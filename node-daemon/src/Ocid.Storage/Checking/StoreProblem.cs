namespace Ocid.Storage.Checking;

/// <summary>One thing that is wrong with a store.</summary>
/// <param name="Kind">What sort of thing.</param>
/// <param name="Subject">What it is wrong with: <c>layer ID</c>, <c>image ID</c>, <c>container ID</c> or a path.</param>
/// <param name="Detail">What is wrong, for people.</param>
public sealed record StoreProblem(ProblemKind Kind, string Subject, string Detail)
{
    /// <summary>The layer whose content must come anew; null where that is not it.</summary>
    public LayerId? DamagedLayer { get; init; }

    /// <summary>The id of the image that must be pulled again, of which the layers that are whole are kept; null where that is not it.</summary>
    public string? DamagedImage { get; init; }

    /// <summary>The images that are not whole for it: a name of each, or its id where it has none.</summary>
    public IReadOnlyList<string> Images { get; init; } = [];
}
