using Ocid.Linux;

namespace Ocid.Networking.Tests;

internal static class Nsenter
{
    public static async Task<string> RunAsync(PinnedNamespaces pins, params string[] command)
    {
        string[] where = [.. pins.UserPath is null ? [] : new[] { $"--user={pins.UserPath}" }, $"--net={pins.NetworkPath}", .. pins.IpcPath is null ? [] : new[] { $"--ipc={pins.IpcPath}" }, .. pins.UtsPath is null ? [] : new[] { $"--uts={pins.UtsPath}" }];
        var result = await Command.RunAsync(
            new CommandSpec { Program = "/usr/bin/nsenter", Arguments = [.. where, "--", .. command], Timeout = TimeSpan.FromSeconds(60) }, default);
        result.IsSuccess.Should().BeTrue(result.LastErrorLine);
        return result.OutputText;
    }
}
