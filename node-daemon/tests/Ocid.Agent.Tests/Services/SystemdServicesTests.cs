using Ocid.Agent.Services;
using Ocid.Primitives;

namespace Ocid.Agent.Tests.Services;

public sealed class SystemdServicesTests
{
    [SkippableFact]
    public async Task A_command_runs_to_its_end_as_a_unit_and_its_failure_is_told()
    {
        Skip.IfNot(TestSystemd.Missing() is null, TestSystemd.Missing() ?? "");
        using var systemd = await TestSystemd.StartAsync();
        var services = new SystemdServices(systemd.Socket);
        var file = Path.Combine(systemd.RuntimeDirectory, "written");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        await services.RunAsync("ocid-test", ["/bin/sh", "-c", "sleep 0.3; echo \"$0\" > \"$1\"", "an argument with 'quotes'", file], limit.Token);
        File.ReadAllText(file).Should().Be("an argument with 'quotes'\n");

        var failing = () => services.RunAsync("ocid-test", ["/bin/false"], limit.Token);
        (await failing.Should().ThrowAsync<OcidException>()).WithMessage("ocid-test-*.service: failed (journalctl -u ocid-test-*)");
    }

    [SkippableFact]
    public async Task A_launched_command_goes_on_and_units_start_reload_and_stop()
    {
        Skip.IfNot(TestSystemd.Missing() is null, TestSystemd.Missing() ?? "");
        using var systemd = await TestSystemd.StartAsync();
        var services = new SystemdServices(systemd.Socket);
        var file = Path.Combine(systemd.RuntimeDirectory, "written");
        var started = Path.Combine(systemd.RuntimeDirectory, "started");
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));

        await services.LaunchAsync("ocid-test", ["/bin/sh", "-c", "sleep 1; echo launched > \"$0\"", file], limit.Token);
        File.Exists(file).Should().BeFalse("the launch does not wait");

        var missing = () => services.RestartAsync(limit.Token);
        (await missing.Should().ThrowAsync<OcidException>()).Which.Kind.Should().Be(ErrorKind.NotFound);
        await services.StopAsync(limit.Token);

        foreach (var unit in new[] { "ocid", "ocid-monitor" })
        {
            await File.WriteAllTextAsync(
                Path.Combine(systemd.Units, unit + ".service"),
                $"[Service]\nExecStart=/bin/sh -c 'echo {unit} >> {started}; exec sleep 1000'\nExecReload=/bin/sh -c 'echo reloaded >> {started}'\n",
                limit.Token);
        }

        await services.ReadUnitsAsync(limit.Token);
        // A command that its unit is told to end before it wrote its line never writes it.
        await services.StartAsync(limit.Token);
        await HearAsync(started, 2, limit.Token);
        await services.ReloadAsync(limit.Token);
        await HearAsync(started, 3, limit.Token);
        await services.RestartAsync(limit.Token);
        var told = await HearAsync(started, 4, limit.Token);
        await services.StopAsync(limit.Token);

        told.Should().BeEquivalentTo("ocid-monitor", "ocid", "reloaded", "ocid");
        while (!File.Exists(file))
            await Task.Delay(100, limit.Token);
    }

    [Fact]
    public async Task No_systemd_is_said_so()
    {
        var services = new SystemdServices("/nonexistent/private");

        var call = () => services.ReadUnitsAsync(default);

        (await call.Should().ThrowAsync<OcidException>()).WithMessage("systemd at /nonexistent/private: *");
    }

    private static async Task<string[]> HearAsync(string file, int lines, CancellationToken ct)
    {
        while (true)
        {
            if (File.Exists(file) && await File.ReadAllLinesAsync(file, ct) is var told && told.Length >= lines)
                return told;
            await Task.Delay(20, ct);
        }
    }
}
