using Xunit.Abstractions;

namespace Ocid.E2E.Tests.Clusters;

/// <summary>On a real kube-apiserver where Helm installs the chart, takes it away again, and nobody may do more than the chart lets him.</summary>
public sealed class ChartInstallationTests(TestMachine machine, ITestOutputHelper output) : RuntimeConfigContract(machine)
{
    private protected override async Task<IApiServer> StartServerAsync()
    {
        Skip.IfNot(ChartServer.Missing is null, ChartServer.Missing ?? "");
        return await ChartServer.StartAsync(output);
    }
}
