using Ocid.Runtime.Cgroups.Stats;

namespace Ocid.Runtime.Cgroups;

// One set of files for each size of page that the processor has: hugetlb.2MB.current on v2, hugetlb.2MB.usage_in_bytes on v1.
internal static class HugePageFiles
{
    private const string Prefix = "hugetlb.";

    public static IReadOnlyList<HugePageUsage> Read(string? directory, string usage, string? peak)
    {
        if (directory is null || !Directory.Exists(directory))
            return [];

        var found = new List<HugePageUsage>();
        foreach (var file in Directory.EnumerateFiles(directory, $"{Prefix}*.{usage}").Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(file);
            var size = name[Prefix.Length..^(usage.Length + 1)];
            // hugetlb.2MB.rsvd.usage_in_bytes counts reservations.
            if (!size.Contains('.', StringComparison.Ordinal) && CgroupFile.Number(file) is { } bytes)
                found.Add(new HugePageUsage(size, bytes, peak is null ? null : CgroupFile.Number(Path.Combine(directory, $"{Prefix}{size}.{peak}"))));
        }

        return found;
    }
}
