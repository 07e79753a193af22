using System.Text.RegularExpressions;
using Ocid.Testing;

namespace Ocid.Architecture.Tests;

/// <summary>Native calls and unsafe code are in Ocid.Linux and nowhere else.</summary>
public sealed partial class NativeCallTests
{
    [Fact]
    public void Only_Ocid_Linux_allows_unsafe_blocks() =>
        Files("*.csproj").Concat(Files("*.props")).Where(file => File.ReadAllText(file).Contains("AllowUnsafeBlocks", StringComparison.Ordinal))
            .Select(Path.GetFileName).Should().Equal("Ocid.Linux.csproj");

    [Fact]
    public void Only_Ocid_Linux_declares_native_calls() =>
        Files("*.cs").Where(file => NativeCall().IsMatch(File.ReadAllText(file)))
            .Select(file => Path.GetRelativePath(Repository.Root, file))
            .Should().OnlyContain(file => NativeFile().IsMatch(file));

    [Fact]
    public void Product_code_never_uses_the_frameworks_process_class() =>
        Files("*.cs").Where(file => file.Contains("/src/", StringComparison.Ordinal))
            .Where(file => ProcessStart().IsMatch(File.ReadAllText(file)))
            .Select(Path.GetFileName).Should().BeEmpty("Ocid.Linux.Command starts children");

    private static IEnumerable<string> Files(string pattern) =>
        from folder in new[] { "node-daemon", "compat", "e2e", "bench", "" }
        let top = Path.Combine(Repository.Root, folder)
        from file in Directory.EnumerateFiles(top, pattern, folder.Length == 0 ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories)
        where !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal)
        where !file.Contains("Ocid.Architecture.Tests", StringComparison.Ordinal)
        select file;

    // libc by header; of another library, one file.
    [GeneratedRegex(@"^node-daemon/src/Ocid\.Linux/(Compression/)?Lib\w+(\.\w+)?\.cs$")]
    private static partial Regex NativeFile();

    [GeneratedRegex(@"\[(LibraryImport|DllImport)\(")]
    private static partial Regex NativeCall();

    [GeneratedRegex(@"\bProcess\.Start\(|\bnew Process\b|\bProcessStartInfo\b")]
    private static partial Regex ProcessStart();
}
