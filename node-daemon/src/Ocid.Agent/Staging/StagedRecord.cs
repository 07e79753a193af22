namespace Ocid.Agent.Staging;

/// <summary>What a staged revision's files are once the directory is filled in.</summary>
/// <param name="Version">1.</param>
/// <param name="Files">The digest of each file by its path.</param>
internal sealed record StagedRecord(int Version, IReadOnlyDictionary<string, string> Files);
