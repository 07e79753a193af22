using Ocid.Testing;

namespace Ocid.E2E.Nodes;

/// <summary>The <c>ocid</c> that is tested: the one that $OCID_PROGRAM names, else the published one, else the one that the build left.</summary>
public static class OcidProgram
{
    public static string? Path { get; } = Candidates().FirstOrDefault(File.Exists);

    /// <summary>The published file: self-contained, trimmed, single.</summary>
    public static string Published => System.IO.Path.Combine(Repository.Artifacts, "ocid");

    private static IEnumerable<string> Candidates()
    {
        var named = Environment.GetEnvironmentVariable("OCID_PROGRAM");
        if (!string.IsNullOrEmpty(named))
            yield return System.IO.Path.GetFullPath(named);
        yield return Published;
        foreach (var configuration in new[] { "Release", "Debug" })
            yield return System.IO.Path.Combine(Repository.Root, "node-daemon/src/Ocid.Daemon/bin", configuration, "net10.0/ocid");
    }
}
