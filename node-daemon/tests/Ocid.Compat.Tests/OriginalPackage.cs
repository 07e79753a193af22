namespace Ocid.Compat.Tests;

/// <summary>Finds the assembly of a real package, where some restore has left one on this machine.</summary>
internal static class OriginalPackage
{
    private static readonly string[] Frameworks = ["net10.0", "net8.0", "net7.0", "netstandard2.1", "netstandard2.0"];

    public static string? Find(string package, string version, string assembly) => Frameworks
        .Select(framework => Path.Combine(Folder, package.ToLowerInvariant(), version, "lib", framework, assembly + ".dll"))
        .FirstOrDefault(File.Exists);

    /// <summary>A package that a real package needs, whose version is its own.</summary>
    public static string? FindNewest(string package)
    {
        var folder = Path.Combine(Folder, package.ToLowerInvariant());
        return !Directory.Exists(folder) ? null : Directory.EnumerateDirectories(folder).Select(Path.GetFileName)
            .OrderByDescending(name => Version.TryParse(name, out var version) ? version : new Version(0, 0))
            .Select(version => Find(package, version!, package)).FirstOrDefault(found => found is not null);
    }

    private static string Folder => Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
