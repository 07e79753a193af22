using Ocid.Cluster.Testing;

namespace Ocid.E2E.Tests.Clusters;

/// <summary>On a real kube-apiserver with etcd, where $KUBEBUILDER_ASSETS has them.</summary>
public sealed class KubeApiServerTests(TestMachine machine) : RuntimeConfigContract(machine)
{
    private protected override async Task<IApiServer> StartServerAsync()
    {
        Skip.If(KubeApiServer.Assets is null, "needs kube-apiserver and etcd in the folder that KUBEBUILDER_ASSETS names");
        return await RealServer.StartAsync();
    }
}
