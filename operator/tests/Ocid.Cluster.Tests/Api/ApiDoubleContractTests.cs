using k8s;
using Ocid.Cluster.Testing;

namespace Ocid.Cluster.Tests.Api;

/// <summary>The double is like an API server.</summary>
public sealed class ApiDoubleContractTests : ApiContract, IAsyncLifetime, IDisposable
{
    private readonly ApiDouble _api = new() { Bookmarks = TimeSpan.FromSeconds(2) };
    private Kubernetes? _connection;

    protected override Kubernetes Connection => _connection!;

    protected override TimeSpan Bookmarks => _api.Bookmarks;

    public async Task InitializeAsync()
    {
        await _api.StartAsync();
        _connection = _api.Connect();
    }

    public async Task DisposeAsync() => await _api.DisposeAsync();

    public void Dispose() => _connection?.Dispose();

    protected override Task ForgetAsync(string version)
    {
        _api.Compact();
        return Task.CompletedTask;
    }
}
