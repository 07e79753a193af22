using Ocid.Testing;

namespace Ocid.Architecture.Tests;

public sealed class SolutionTests
{
    /// <summary>A test project that is in no solution is never built, and its tests never run.</summary>
    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Path.Combine(Repository.Root, "OcidOperator.sln"));
        var projects =
            from folder in new[] { "node-daemon", "compat", "e2e", "bench" }
            from file in Directory.EnumerateFiles(Path.Combine(Repository.Root, folder), "*.csproj", SearchOption.AllDirectories)
            select Path.GetRelativePath(Repository.Root, file).Replace('/', '\\');

        projects.Should().OnlyContain(project => solution.Contains($"\"{project}\"", StringComparison.Ordinal));
    }
}
