using System.Diagnostics;
using Ocid.Linux.Namespaces;

namespace Ocid.Storage.Tests.Drivers;

/// <summary>A user namespace with ids of its own, for as long as a process of the test is in it.</summary>
internal sealed class UserNamespace : IDisposable
{
    private const uint First = 200_000;
    private readonly Process _process;

    public UserNamespace()
    {
        _process = Process.Start(new ProcessStartInfo("unshare", ["--user", "sh", "-c", "echo in; exec cat"]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        _process.StandardOutput.ReadLine();
        foreach (var map in new[] { "uid_map", "gid_map" })
            File.WriteAllText($"/proc/{_process.Id}/{map}", $"0 {First} 65536");
        Pin = new PinnedUserNamespace($"/proc/{_process.Id}/ns/user", First, First);
    }

    public PinnedUserNamespace Pin { get; }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
