using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Ocid.Testing;

namespace Ocid.Architecture.Tests;

/// <summary>Arrows only down: what docs/architecture.md says of each module is what its project and its assembly reference.</summary>
public sealed partial class ModuleReferenceTests
{
    private static readonly string[] Sources = [Path.Combine(Repository.Root, "node-daemon/src"), Path.Combine(Repository.Root, "operator/src")];

    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Ocid.Primitives"] = [],
        ["Ocid.Toml"] = [],
        ["Ocid.Revisions"] = ["Ocid.Primitives"],
        ["Ocid.Cluster"] = ["Ocid.Revisions", "Ocid.Primitives"],
        ["Ocid.Linux"] = ["Ocid.Primitives"],
        ["Ocid.Spec"] = ["Ocid.Primitives"],
        ["Ocid.Storage"] = ["Ocid.Linux", "Ocid.Primitives", "Ocid.Toml"],
        ["Ocid.Networking"] = ["Ocid.Linux", "Ocid.Primitives"],
        ["Ocid.Runtime"] = ["Ocid.Spec", "Ocid.Linux", "Ocid.Primitives"],
        ["Ocid.Streaming"] = ["Ocid.Primitives"],
        ["Ocid.Images"] = ["Ocid.Storage", "Ocid.Linux", "Ocid.Toml", "Ocid.Primitives"],
        ["Ocid.Agent"] = ["Ocid.Revisions", "Ocid.Linux", "Ocid.Toml", "Ocid.Primitives"],
        ["Ocid.Cri"] =
            ["Ocid.Images", "Ocid.Runtime", "Ocid.Networking", "Ocid.Streaming", "Ocid.Storage", "Ocid.Spec", "Ocid.Linux", "Ocid.Primitives"],
        ["Ocid.Daemon"] =
            ["Ocid.Agent", "Ocid.Cri", "Ocid.Images", "Ocid.Revisions", "Ocid.Runtime", "Ocid.Networking", "Ocid.Streaming", "Ocid.Storage", "Ocid.Spec", "Ocid.Linux", "Ocid.Toml", "Ocid.Primitives"],
        ["Ocid.Operator"] = ["Ocid.Cluster", "Ocid.Revisions", "Ocid.Toml", "Ocid.Primitives"],
    };

    /// <summary>Modules of later issues join here with the line that the architecture gives them.</summary>
    public static TheoryData<string> Modules => new(Allowed.Keys);

    [Fact]
    public void Every_module_is_listed() =>
        Sources.SelectMany(Directory.EnumerateDirectories).Where(folder => Directory.EnumerateFiles(folder, "*.csproj").Any())
            .Select(Path.GetFileName).Should().BeEquivalentTo(Allowed.Keys);

    [Theory]
    [MemberData(nameof(Modules))]
    public void A_project_references_only_what_is_below_it(string module)
    {
        var referenced =
            from reference in Project(module).Descendants("ProjectReference")
            let name = Path.GetFileNameWithoutExtension(((string)reference.Attribute("Include")!).Replace('\\', '/'))
            where name.StartsWith("Ocid.", StringComparison.Ordinal)
            select name;

        referenced.Should().BeSubsetOf(Allowed[module]);
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void An_assembly_references_only_what_is_below_it(string module)
    {
        // A reference that comes through another project's reference is in no project file; the compiler records it all the same.
        var assembly = Assembly.Load(module switch { "Ocid.Daemon" => "ocid", "Ocid.Operator" => "ocid-operator", _ => module });

        assembly.GetReferencedAssemblies().Select(name => name.Name!).Where(name => name.StartsWith("Ocid.", StringComparison.Ordinal))
            .Should().BeSubsetOf(Allowed[module]);
    }

    [Fact]
    public void The_architecture_document_says_the_same()
    {
        var rows = TableRow().Matches(File.ReadAllText(Path.Combine(Repository.Root, "docs/architecture.md")));
        foreach (Match row in rows)
        {
            var module = row.Groups["module"].Value;
            var said = row.Groups["references"].Value;
            if (said.StartsWith("all", StringComparison.Ordinal))
                continue;
            var names = said == "nothing" ? [] : said.Split(", ").Select(name => $"Ocid.{name}");
            names.Should().BeEquivalentTo(Allowed[module], module);
        }
        rows.Select(row => row.Groups["module"].Value).Should().BeEquivalentTo(Allowed.Keys);
    }

    [Theory]
    [MemberData(nameof(Modules))]
    public void Only_what_serves_knows_the_web_framework(string module)
    {
        var framework = Project(module).Descendants("FrameworkReference").Concat(Project(module).Descendants("PackageReference"))
            .Select(reference => (string)reference.Attribute("Include")!)
            .Where(name => name.StartsWith("Grpc.", StringComparison.Ordinal) || name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));

        if (module is not ("Ocid.Cri" or "Ocid.Streaming" or "Ocid.Daemon" or "Ocid.Operator"))
            framework.Should().BeEmpty();
    }

    internal static XDocument Project(string module) =>
        XDocument.Load(Sources.Select(folder => Path.Combine(folder, module, $"{module}.csproj")).First(File.Exists));

    [GeneratedRegex(@"^\| (?<module>Ocid\.\w+) \| (?<references>[^|]+) \|", RegexOptions.Multiline)]
    private static partial Regex TableRow();
}
