using Ocid.Cluster.Testing;

namespace Ocid.Cluster.Tests.Api;

/// <summary>One real API server for all tests that want one; none where the machine has none.</summary>
public sealed class KubeApiServerFixture : IAsyncLifetime
{
    public KubeApiServer Server { get; } = new();

    public Task InitializeAsync() => KubeApiServer.Assets is null ? Task.CompletedTask : Server.StartAsync();

    public Task DisposeAsync() => Server.DisposeAsync().AsTask();

    public static void SkipWithoutServer() => Skip.If(KubeApiServer.Assets is null, "needs kube-apiserver and etcd in the folder that KUBEBUILDER_ASSETS names");

    /// <summary>Defines the product's resources, where that is not done yet.</summary>
    public async Task DefineAsync()
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Ocid.Testing.Repository.Root, "config", "crd"), "*.yaml"))
        {
            var (code, answer) = await Server.PostAsync("apis/apiextensions.k8s.io/v1/customresourcedefinitions", await File.ReadAllTextAsync(file));
            code.Should().Match(was => was == System.Net.HttpStatusCode.Created || was == System.Net.HttpStatusCode.Conflict, answer);
        }

        await Server.ReadyAsync("apis/ocid.dev/v1alpha1/runtimeconfigs");
        await Server.ReadyAsync("apis/ocid.dev/v1alpha1/runtimenodes");
    }
}
