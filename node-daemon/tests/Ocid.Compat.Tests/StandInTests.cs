using System.Reflection;
using System.Runtime.Loader;

namespace Ocid.Compat.Tests;

public sealed class StandInTests
{
    public static TheoryData<string, string> StandIns => new()
    {
        { "Grpc.Core.Api", "Grpc.Core.Api" },
        { "Grpc.Net.Common", "Grpc.Net.Common" },
        { "KubeOps.Abstractions", "KubeOps.Abstractions" },
        { "KubernetesClient", "KubernetesClient" },
        { "prometheus-net", "Prometheus.NetStandard" },
    };

    [Theory]
    [MemberData(nameof(StandIns))]
    public void A_stand_in_has_exactly_the_surface_that_its_api_txt_lists(string package, string assembly)
    {
        var surface = PublicSurface.Of(Assembly.Load(assembly));

        var listing = Path.Combine(AppContext.BaseDirectory, "compat", package, "api.txt");
        if (Environment.GetEnvironmentVariable("OCID_WRITE_API") is { Length: > 0 } compat)
            WriteListing(Path.Combine(compat, package, "api.txt"), surface);

        Listed(listing).Should().Equal(surface);
    }

    [SkippableTheory]
    [MemberData(nameof(StandIns))]
    public void A_stand_in_has_nothing_that_its_original_lacks(string package, string assembly)
    {
        var version = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "compat", package, "api.txt")).First().Split(' ')[^1];
        var original = OriginalPackage.Find(package, version, assembly);
        Skip.If(original is null, $"needs {package} {version} in the NuGet package folder");

        var context = new AssemblyLoadContext(package, isCollectible: true);
        context.Resolving += (_, name) => (OriginalPackage.Find(name.Name!, version, name.Name!) ?? OriginalPackage.FindNewest(name.Name!)) is { } path
            ? context.LoadFromAssemblyPath(path)
            : null;
        var surface = PublicSurface.Of(context.LoadFromAssemblyPath(original));

        PublicSurface.Of(Assembly.Load(assembly)).Should().BeSubsetOf(surface);
    }

    private static IEnumerable<string> Listed(string path) =>
        File.ReadLines(path).Where(line => line.Length > 0 && !line.StartsWith('#'));

    private static void WriteListing(string path, IReadOnlyList<string> surface) =>
        File.WriteAllLines(path, File.ReadLines(path).Where(line => line.StartsWith('#')).ToList().Concat(surface));
}
