using Ocid.Agent.Services;

namespace Ocid.Agent.Tests;

/// <summary>Services that only remember what was asked of them.</summary>
internal sealed class FakeServices : IServiceControl
{
    public List<string> Calls { get; } = [];

    public bool UsesUnits { get; init; }

    public Task StartAsync(CancellationToken ct) => Remember("start");

    public Task RestartAsync(CancellationToken ct) => Remember("restart");

    public Task ReloadAsync(CancellationToken ct) => Remember("reload");

    public Task StopAsync(CancellationToken ct) => Remember("stop");

    public Task ReadUnitsAsync(CancellationToken ct) => Remember("read units");

    public Task RunAsync(string name, IReadOnlyList<string> command, CancellationToken ct) => Remember($"run {name}");

    public Task LaunchAsync(string name, IReadOnlyList<string> command, CancellationToken ct) => Remember($"launch {name}");

    private Task Remember(string call)
    {
        Calls.Add(call);
        return Task.CompletedTask;
    }
}
