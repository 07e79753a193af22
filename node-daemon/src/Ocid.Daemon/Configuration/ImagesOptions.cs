namespace Ocid.Daemon.Configuration;

/// <summary>Pulls: <c>[images]</c>.</summary>
internal sealed record ImagesOptions
{
    /// <summary>Registry hosts, with port, whose certificate is not checked and that may speak plain HTTP.</summary>
    public required IReadOnlyList<string> InsecureRegistries { get; init; }
}
