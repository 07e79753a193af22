using System.Runtime.CompilerServices;

namespace Ocid.Operator.Tests.Commands;

/// <summary>What the API server takes by the cluster's definitions, the operator reads: config/samples is held to the former in Ocid.Cluster.Tests.</summary>
public sealed class SampleTests
{
    public static TheoryData<string> Samples => [.. Directory.GetFiles(Folder()).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task A_sample_is_read(string file)
    {
        var run = await CommandLine.RunAsync("plan", "-f", Path.Combine(Folder(), file));

        (run.Code, run.Output).Should().Be((0, "no RuntimeConfig matches a node\n"));
        run.Error.Should().MatchRegex("^ocid-operator: no node is known.*plan --cluster -f FILE.*\n$");
    }

    private static string Folder([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../../../config/samples"));
}
