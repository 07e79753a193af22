using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring;

namespace Ocid.Runtime.Tests.Monitoring;

// A directory, a monitor process of its own and a client; the containers made through it are deleted at the end.
internal sealed class MonitorFixture : IAsyncDisposable
{
    private const string Dotnet = "/usr/bin/dotnet";
    private readonly List<TestContainer> _containers = [];
    private readonly List<int> _monitors = [];
    private readonly List<MonitorClient> _clients = [];

    private MonitorFixture() => Root = Directory.CreateTempSubdirectory("ocid-mon-").FullName;

    public string Root { get; }

    public List<string> Losses { get; } = [];

    public MonitorClient Client => _clients[^1];

    public int MonitorPid => _monitors[^1];

    public static IReadOnlyList<string> HostArguments(string socket) =>
        [Path.Combine(AppContext.BaseDirectory, "Ocid.Runtime.Tests.MonitorHost.dll"), "--socket", socket];

    public static async Task<MonitorFixture> StartAsync()
    {
        Skip.IfNot(Environment.UserName == "root", "needs root");
        Skip.IfNot(File.Exists(TestContainer.Runc) && File.Exists(TestContainer.Busybox), "needs runc and busybox");
        var fixture = new MonitorFixture();
        await fixture.ConnectAsync();
        return fixture;
    }

    public static string DotnetPath => File.Exists(Dotnet) ? Dotnet : Environment.ProcessPath!;

    public string SocketPath => Path.Combine(Root, "monitor.sock");

    public async Task<MonitorClient> ConnectAsync()
    {
        var endpoint = new MonitorEndpoint { SocketPath = SocketPath, StartMonitor = StartMonitorAsync, OnLost = Losses.Add };
        var client = await MonitorClient.ConnectAsync(endpoint, default).WaitAsync(TimeSpan.FromSeconds(60));
        _clients.Add(client);
        return client;
    }

    public TestContainer Container(string script, bool terminal = false, string runtime = TestContainer.Runc)
    {
        var container = new TestContainer(Root, script, terminal, runtime);
        _containers.Add(container);
        return container;
    }

    public async Task<TestContainer> RunAsync(string script, bool terminal = false, bool stdin = false, string runtime = TestContainer.Runc)
    {
        var container = Container(script, terminal, runtime);
        await Client.CreateAsync(container.Launch with { Stdin = stdin }, default);
        await container.StartAsync();
        return container;
    }

    public async Task<ContainerExit> ExitOfAsync(ContainerId id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (var exit in Client.Exits.ReadAllAsync(limit.Token))
        {
            if (exit.Id == id)
                return exit;
        }

        throw new InvalidOperationException("no exit");
    }

    // Waits for the death: a call made before it would be answered by the dying monitor, not by its replacement.
    public async Task KillMonitorAsync()
    {
        using var process = PidFd.Open(MonitorPid);
        process.TrySignal(9);
        await process.WaitAsync(default).WaitAsync(TimeSpan.FromSeconds(60));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            await client.DisposeAsync();
        foreach (var container in _containers)
            await container.DisposeAsync();
        foreach (var pid in _monitors)
        {
            try
            {
                using var process = PidFd.Open(pid);
                process.TrySignal(9);
            }
            catch (LinuxException)
            {
                // It was killed by the test.
            }
        }

        Directory.Delete(Root, recursive: true);
    }

    private async Task StartMonitorAsync(CancellationToken ct) =>
        _monitors.Add(await Command.StartDetachedAsync(new CommandSpec { Program = DotnetPath, Arguments = HostArguments(SocketPath) }));
}
