using System.Net;
using k8s;
using Ocid.Cluster.Testing;
using Ocid.Testing;

namespace Ocid.E2E.Tests.Clusters;

/// <summary>A real kube-apiserver with its etcd and the product's definitions.</summary>
internal sealed class RealServer : PlainApiServer
{
    private readonly KubeApiServer _server = new();

    public override IPEndPoint EndPoint => new(IPAddress.Loopback, _server.At("").Port);

    public override string? Authority => _server.Authority;

    protected override string? TokenFile => _server.TokenFile;

    public static async Task<RealServer> StartAsync()
    {
        var real = new RealServer();
        await real._server.StartAsync();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "config", "crd"), "*.yaml"))
        {
            var (code, answer) = await real._server.PostAsync("apis/apiextensions.k8s.io/v1/customresourcedefinitions", await File.ReadAllTextAsync(file));
            code.Should().Be(HttpStatusCode.Created, answer);
        }

        await real._server.ReadyAsync("apis/ocid.dev/v1alpha1/runtimeconfigs");
        await real._server.ReadyAsync("apis/ocid.dev/v1alpha1/runtimenodes");
        return real;
    }

    public override Kubernetes Connect() => _server.Connection;

    public override ValueTask DisposeAsync() => _server.DisposeAsync();
}
