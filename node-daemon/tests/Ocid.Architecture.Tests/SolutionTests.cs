using System.Text.RegularExpressions;
using Ocid.Testing;

namespace Ocid.Architecture.Tests;

public sealed partial class SolutionTests
{
    /// <summary>A test project that is in no solution is never built, and its tests never run.</summary>
    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "OcidOperator.sln"));
        var projects =
            from folder in new[] { "node-daemon", "operator", "compat", "e2e", "bench" }
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories)
            select Path.GetRelativePath(Repository.Root, file).Replace('/', '\\');

        projects.Should().OnlyContain(project => solution.Contains($"\"{project}\"", StringComparison.Ordinal));
    }

    /// <summary>Their generator takes a class's files in any order: two builds of one commit would differ, and with them the images' digests.</summary>
    [Fact]
    public void Every_class_has_its_log_messages_in_one_file()
    {
        var classes =
            from folder in new[] { "node-daemon/src", "operator/src" }
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.cs", SearchOption.AllDirectories)
            let source = File.ReadAllText(file)
            where source.Contains("[LoggerMessage(", StringComparison.Ordinal)
            select (Folder: Path.GetDirectoryName(file), Class: PartialClass().Match(source).Groups[1].Value);

        classes.Should().HaveCountGreaterThan(20).And.OnlyHaveUniqueItems();
    }

    [GeneratedRegex(@"\bpartial class (\w+)")]
    private static partial Regex PartialClass();
}
