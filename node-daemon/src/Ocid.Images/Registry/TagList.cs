namespace Ocid.Images.Registry;

/// <summary>A page of a repository's tags.</summary>
internal sealed record TagList
{
    public IReadOnlyList<string>? Tags { get; init; }
}
