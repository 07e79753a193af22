namespace Ocid.E2E.Tests.Clusters;

/// <summary>On the API double.</summary>
public sealed class DoubleTests(TestMachine machine) : RuntimeConfigContract(machine)
{
    private protected override async Task<IApiServer> StartServerAsync() => await DoubleServer.StartAsync();
}
