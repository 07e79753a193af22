namespace Ocid.Storage.Checking;

/// <summary>What a check of a store found.</summary>
/// <param name="Problems">Everything that is wrong; empty for a clean store.</param>
/// <param name="Images">How many images it has.</param>
/// <param name="Layers">How many layers.</param>
/// <param name="Containers">How many containers.</param>
/// <param name="Unverified">Layers whose content nobody can verify: writable ones, and those whose maker kept no digest or no tar-split record.</param>
/// <param name="Bytes">How much uncompressed content was read and compared.</param>
public sealed record StoreReport(IReadOnlyList<StoreProblem> Problems, int Images, int Layers, int Containers, int Unverified, long Bytes)
{
    /// <summary>Nothing is wrong.</summary>
    public bool IsClean => Problems.Count == 0;
}
