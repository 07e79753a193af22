using System.Security.Cryptography;
using Ocid.Primitives;

namespace Ocid.Cri.Confinement;

/// <summary>Levels of two categories, of which there are half a million.</summary>
internal static class SelinuxLevel
{
    private const int Categories = 1024;
    private const int MostTries = 10_000;

    public static string Unused(IEnumerable<string?> taken)
    {
        var others = taken.ToHashSet();
        for (var i = 0; i < MostTries; i++)
        {
            var (first, second) = (RandomNumberGenerator.GetInt32(Categories), RandomNumberGenerator.GetInt32(Categories));
            if (first != second && $"s0:c{Math.Min(first, second)},c{Math.Max(first, second)}" is var level && !others.Contains(level))
                return level;
        }

        throw new OcidException(ErrorKind.ResourceExhausted, "pod sandbox: no SELinux level is free");
    }
}
