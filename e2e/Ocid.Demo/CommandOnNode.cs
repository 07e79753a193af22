using System.Diagnostics;
using Ocid.E2E.Machine;
using Ocid.E2E.Nodes;
using Ocid.Testing;

namespace Ocid.Demo;

/// <summary>Runs a program, such as critest or a shell, while a node and a registry with the test images are up; pods that it leaves are removed, and where it went well nothing else may be left.</summary>
internal sealed class CommandOnNode(string runtime)
{
    public async Task<int> RunAsync(IReadOnlyList<string> command)
    {
        await using var registry = await LocalRegistry.StartAsync();
        var busybox = await registry.PushAsync(await TestImages.BusyboxAsync(), "busybox");
        var debian = await registry.PushAsync(await TestImages.DebianAsync(), "debian", "12", ImageFormat.V2S2);
        await using var node = await TestNode.StartAsync(new TestNodeOptions { Runtime = runtime, Registry = registry.Host, PortMappings = true });
        var start = new ProcessStartInfo(command[0], command.Skip(1));
        start.Environment["OCID_ENDPOINT"] = $"unix://{node.Folders.Socket}";
        start.Environment["OCID_CONFIG"] = node.Folders.Configuration;
        start.Environment["OCID_NODE"] = node.Folders.Root;
        start.Environment["OCID_ETC"] = node.Folders.ImageConfiguration;
        start.Environment["OCID_BUSYBOX"] = busybox;
        start.Environment["OCID_DEBIAN"] = debian;
        using var process = Process.Start(start)!;
        await process.WaitForExitAsync();
        if (process.ExitCode == 0)
            return await StopAsync(node);
        Console.Error.WriteLine(node.DaemonOutput());
        return process.ExitCode;
    }

    private static async Task<int> StopAsync(TestNode node)
    {
        try
        {
            await node.StopAsync();
            return 0;
        }
        catch (LeftoversException left)
        {
            Console.Error.WriteLine(left.Message);
            return 1;
        }
    }
}
