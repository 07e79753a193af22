using k8s;
using Ocid.Cluster.Testing;

namespace Ocid.Cluster.Tests.Api;

/// <summary>A real API server is what the contract says.</summary>
[Collection(KubeApiServerTests.Name)]
public sealed class KubeApiServerContractTests(KubeApiServerFixture fixture) : ApiContract, IAsyncLifetime
{
    protected override Kubernetes Connection
    {
        get
        {
            KubeApiServerFixture.SkipWithoutServer();
            return fixture.Server.Connection;
        }
    }

    protected override TimeSpan Bookmarks => TimeSpan.FromMinutes(1);

    public async Task InitializeAsync()
    {
        if (KubeApiServer.Assets is not null)
            await fixture.DefineAsync();
    }

    public Task DisposeAsync() => Task.CompletedTask;

    protected override Task ForgetAsync(string version) => fixture.Server.CompactAsync(version);
}
