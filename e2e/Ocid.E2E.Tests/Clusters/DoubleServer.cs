using System.Net;
using k8s;
using Ocid.Cluster.Testing;

namespace Ocid.E2E.Tests.Clusters;

/// <summary>The API double, which is held to what a real API server does by a contract suite of its own.</summary>
internal sealed class DoubleServer : PlainApiServer
{
    private readonly ApiDouble _api;

    private DoubleServer(ApiDouble api) => _api = api;

    public override IPEndPoint EndPoint => new(IPAddress.Loopback, _api.Address.Port);

    public override string? Authority => null;

    protected override string? TokenFile => null;

    public static async Task<DoubleServer> StartAsync() => new(await ApiDouble.StartNewAsync());

    public override Kubernetes Connect() => _api.Connect();

    public override ValueTask DisposeAsync() => _api.DisposeAsync();
}
