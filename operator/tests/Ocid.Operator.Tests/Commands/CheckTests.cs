using Ocid.Cluster.Api;
using Ocid.Cluster.Elections;
using Ocid.Cluster.Testing;

namespace Ocid.Operator.Tests.Commands;

public sealed class CheckTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("ocid-check-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task It_names_the_operator_that_leads_and_what_there_is()
    {
        await using var api = await ApiDouble.StartNewAsync();
        using var connection = api.Connect();
        var election = new Election(new ClusterClient(connection), new Key("default", "ocid-operator"), "ocid-operator-abc_1", TimeProvider.System);
        using var stop = new CancellationTokenSource();
        var leading = election.RunAsync(ct => Task.Delay(Timeout.Infinite, ct), stop.Token);

        var run = await CommandLine.RunAsync("check", "--kubeconfig", await KubeconfigAsync(api), "--timeout", "1m", "--namespace", "default");

        run.Should().Be(new CommandLine(0, "ocid-operator-abc_1 leads; RuntimeConfigs: 0, RuntimeNodes: 0\n", ""));
        await stop.CancelAsync();
        await leading.ContinueWith(static _ => { }, TaskScheduler.Default).WaitAsync(TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Where_nobody_leads_it_says_where_to_look()
    {
        await using var api = await ApiDouble.StartNewAsync();

        var run = await CommandLine.RunAsync("check", "--kubeconfig", await KubeconfigAsync(api), "--timeout", "1s", "--namespace", "elsewhere");

        run.Code.Should().Be(1);
        run.Error.Should().Contain("no operator leads: nobody renews the lease elsewhere/ocid-operator; next: kubectl -n elsewhere logs deployment/ocid-operator");
    }

    private async Task<string> KubeconfigAsync(ApiDouble api)
    {
        var file = Path.Combine(_folder, "kubeconfig");
        await File.WriteAllTextAsync(file, $$$"""
            current-context: test
            clusters: [{name: test, cluster: {server: "{{{api.Address}}}"}}]
            users: [{name: test, user: {}}]
            contexts: [{name: test, context: {cluster: test, user: test}}]
            """);
        return file;
    }
}
