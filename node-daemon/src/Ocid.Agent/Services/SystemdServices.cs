using Ocid.Agent.Services.DBus;
using Ocid.Primitives;

namespace Ocid.Agent.Services;

/// <summary>A host with systemd: its private socket, which root reaches also from a pod that has the directory mounted. The socket is another after systemd starts itself anew.</summary>
/// <param name="socket"><c>/run/systemd/private</c> as this process reaches it.</param>
public sealed class SystemdServices(string socket) : IServiceControl
{
    private const string Daemon = "ocid.service";
    private const string Monitor = "ocid-monitor.service";
    private const string Replace = "replace";

    /// <inheritdoc/>
    public bool UsesUnits => true;

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken ct)
    {
        await UnitJobAsync("StartUnit", Monitor, ct).ConfigureAwait(false);
        await UnitJobAsync("StartUnit", Daemon, ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task RestartAsync(CancellationToken ct) => UnitJobAsync("RestartUnit", Daemon, ct);

    /// <inheritdoc/>
    public Task ReloadAsync(CancellationToken ct) => UnitJobAsync("ReloadOrRestartUnit", Daemon, ct);

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken ct)
    {
        foreach (var unit in (string[])[Daemon, Monitor])
        {
            try
            {
                await UnitJobAsync("StopUnit", unit, ct).ConfigureAwait(false);
            }
            catch (OcidException failure) when (failure.Kind == ErrorKind.NotFound)
            {
                // It was never installed.
            }
        }
    }

    /// <inheritdoc/>
    public async Task ReadUnitsAsync(CancellationToken ct)
    {
        using var systemd = await SystemdConnection.OpenAsync(socket, ct).ConfigureAwait(false);
        await systemd.CallAsync("Reload", "", [], ct).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public Task RunAsync(string name, IReadOnlyList<string> command, CancellationToken ct) => TransientAsync(name, command, "oneshot", ct);

    /// <inheritdoc/>
    public Task LaunchAsync(string name, IReadOnlyList<string> command, CancellationToken ct) => TransientAsync(name, command, "exec", ct);

    private async Task UnitJobAsync(string method, string unit, CancellationToken ct)
    {
        using var systemd = await SystemdConnection.OpenAsync(socket, ct).ConfigureAwait(false);
        var result = await systemd.RunJobAsync(method, "ss", new BusWriter().Text(unit).Text(Replace).ToArray(), ct).ConfigureAwait(false);
        RequireDone(unit, result);
    }

    // A name of its own each time: a unit of the same name may not be gone yet.
    private async Task TransientAsync(string name, IReadOnlyList<string> command, string type, CancellationToken ct)
    {
        using var systemd = await SystemdConnection.OpenAsync(socket, ct).ConfigureAwait(false);
        var unit = $"{name}-{Guid.NewGuid().ToString("n")[..8]}.service";
        var body = new BusWriter().Text(unit).Text("fail")
            .Array(8, properties =>
            {
                Property(properties, "Description", "s").Text($"OCID: {string.Join(' ', command)}");
                Property(properties, "Type", "s").Text(type);
                // Also one that failed leaves the list of units.
                Property(properties, "CollectMode", "s").Text("inactive-or-failed");
                Property(properties, "ExecStart", "a(sasb)").Array(8, programs => programs.Struct().Text(command[0])
                    .Array(4, arguments => arguments.Texts(command)).Boolean(false));
            })
            .Array(8, static _ => { });
        var result = await systemd.RunJobAsync("StartTransientUnit", "ssa(sv)a(sa(sv))", body.ToArray(), ct).ConfigureAwait(false);
        RequireDone(unit, result);
    }

    private static BusWriter Property(BusWriter properties, string name, string type) => properties.Struct().Text(name).Signature(type);

    private static void RequireDone(string unit, string result)
    {
        if (result != "done")
            throw new OcidException(ErrorKind.Aborted, $"{unit}: {result} (journalctl -u {unit})");
    }
}
