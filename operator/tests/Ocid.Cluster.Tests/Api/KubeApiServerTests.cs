namespace Ocid.Cluster.Tests.Api;

/// <summary>The tests that share one real API server.</summary>
[CollectionDefinition(Name)]
public sealed class KubeApiServerTests : ICollectionFixture<KubeApiServerFixture>
{
    public const string Name = "kube-apiserver";
}
