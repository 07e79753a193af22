using Ocid.Cluster.Entities;
using Ocid.Testing;

namespace Ocid.Cluster.Tests.Crds;

public sealed class CrdTests
{
    public static TheoryData<Type> Entities => [typeof(RuntimeConfig), typeof(RuntimeNode)];

    // Helm reads nothing outside of a chart.
    private static string[] Folders => [Path.Combine(Repository.Root, "config/crd"), Path.Combine(Repository.Root, "charts/ocid/files/crd")];

    [Theory]
    [MemberData(nameof(Entities))]
    public void The_definition_that_is_checked_in_and_that_of_the_chart_are_what_the_types_say(Type entity)
    {
        var written = CrdWriter.Write(entity);
        foreach (var folder in Folders)
        {
            var file = Path.Combine(folder, CrdWriter.FileName(entity));
            if (Environment.GetEnvironmentVariable("OCID_WRITE_CRDS") is { Length: > 0 })
            {
                Directory.CreateDirectory(folder);
                File.WriteAllText(file, written);
            }

            File.ReadAllText(file).Should().Be(written, "make crds writes it anew");
        }
    }

    [Fact]
    public void No_definition_is_left_over() => Folders.Should().AllSatisfy(folder =>
        Directory.EnumerateFiles(folder).Select(Path.GetFileName).Should().BeEquivalentTo(CrdWriter.FileName(typeof(RuntimeConfig)), CrdWriter.FileName(typeof(RuntimeNode))));

    /// <summary>A default would overrule, from a high priority, what nobody meant.</summary>
    [Fact]
    public void What_is_merged_by_priority_has_no_default()
    {
        var merged = new[] { typeof(RuntimeChoice), typeof(StorageSpec), typeof(StorageOptions), typeof(RuntimesSpec), typeof(SettingsSpec) };

        merged.SelectMany(type => type.GetProperties()).Where(property => Attribute.IsDefined(property, typeof(System.ComponentModel.DefaultValueAttribute))).Should().BeEmpty();
    }
}
