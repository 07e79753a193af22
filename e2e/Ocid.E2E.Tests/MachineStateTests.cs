using System.Diagnostics;
using Ocid.E2E.Machine;
using Ocid.E2E.Nodes;
using Ocid.Testing;

namespace Ocid.E2E.Tests;

/// <summary>The comparison that the other tests end with sees what it is there to see.</summary>
[Collection(nameof(TestMachine))]
public sealed class MachineStateTests
{
    [SkippableFact]
    public async Task A_mount_a_link_a_process_and_a_packet_filter_rule_are_seen()
    {
        Skip.IfNot(NodeRequirements.Missing() is null, NodeRequirements.Missing() ?? "");
        var before = await MachineState.CaptureAsync();
        var folder = Directory.CreateTempSubdirectory("ocid-left-").FullName;
        const string link = "ocidleft0";
        using var process = Process.Start("sleep", ["1000"]);
        try
        {
            await Tool.RunAsync("mount", "-t", "tmpfs", "none", folder);
            await Tool.RunAsync("ip", "link", "add", link, "type", "bridge");
            await Tool.RunAsync("iptables", "-t", "nat", "-N", "OCID-LEFT");

            var seen = (await MachineState.CaptureAsync()).NewSince(before);

            seen.Should().Contain($"mount {folder} (tmpfs)").And.Contain($"link {link}");
            seen.Should().Contain(entry => entry.StartsWith("process ") && entry.EndsWith(" sleep 1000"));
            seen.Should().Contain(entry => entry.StartsWith("rule ") && entry.Contains("OCID-LEFT"));
        }
        finally
        {
            await Tool.TryRunAsync(null, "iptables", "-t", "nat", "-X", "OCID-LEFT");
            await Tool.TryRunAsync(null, "ip", "link", "delete", link);
            await Tool.TryRunAsync(null, "umount", folder);
            process.Kill();
            await process.WaitForExitAsync();
            Directory.Delete(folder);
        }
        var shared = Environment.GetEnvironmentVariable("OCID_SHARED_MACHINE") == "1";
        (await MachineState.CaptureAsync()).NewSince(before).Where(entry => !shared || entry.Contains("left", StringComparison.OrdinalIgnoreCase)).Should().BeEmpty();
    }
}
