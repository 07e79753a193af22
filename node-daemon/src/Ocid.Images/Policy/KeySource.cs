using Ocid.Images.Signatures;
using Ocid.Primitives;

namespace Ocid.Images.Policy;

/// <summary>Where the keys of a requirement are. Files are read each time that they are needed: one scope's missing key is no other's failure.</summary>
/// <param name="Paths">Files; empty where the policy holds the keys itself.</param>
/// <param name="Data">The keys themselves.</param>
internal sealed record KeySource(IReadOnlyList<string> Paths, IReadOnlyList<byte[]> Data)
{
    /// <exception cref="OcidException">FailedPrecondition: a file cannot be read.</exception>
    public async Task<IReadOnlyList<byte[]>> ReadAsync(CancellationToken ct)
    {
        var keys = new List<byte[]>(Data);
        foreach (var path in Paths)
            keys.Add(await KeyFiles.ReadAsync(path, ct));
        return keys;
    }
}
