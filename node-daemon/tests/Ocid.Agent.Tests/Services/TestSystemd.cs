using System.Diagnostics;

namespace Ocid.Agent.Tests.Services;

/// <summary>
/// A systemd for one user in a pid, mount and cgroup namespace of its own. It serves the same private socket as the host's own; it sees the machine's files, and
/// the machine sees nothing of it but a cgroup that goes with it.
/// </summary>
internal sealed class TestSystemd : IDisposable
{
    private const string Program = "/lib/systemd/systemd";

    // systemd looks for the directory to know that this machine is systemd's.
    private const string Script = """
        for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
            mountpoint -q "$hierarchy" && [ -e "$hierarchy/cgroup.procs" ] || continue
            mkdir "$hierarchy/$1" && echo $$ > "$hierarchy/$1/cgroup.procs"
        done
        exec unshare --cgroup --pid --fork --kill-child --mount-proc --mount sh -c '
            mount --make-rprivate / && mkdir -p /run/systemd && mount -t tmpfs tmpfs /run/systemd && mkdir /run/systemd/system && exec "$0" --user' "$2"
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("ocid-systemd-").FullName;
    private readonly Process _process;

    private TestSystemd()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", Name, Program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_RUNTIME_DIR"] = _directory;
        start.Environment["HOME"] = _directory;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += static (_, _) => { };
        _process.ErrorDataReceived += static (_, _) => { };
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Socket => Path.Combine(_directory, "systemd/private");

    public string RuntimeDirectory => _directory;

    private string Name => Path.GetFileName(_directory);

    /// <summary>Why there can be none on this machine; null where there can.</summary>
    public static string? Missing() => !Environment.IsPrivilegedProcess ? "a systemd of its own needs root"
        : !File.Exists(Program) ? "systemd is missing: apt install systemd" : null;

    public static async Task<TestSystemd> StartAsync()
    {
        var systemd = new TestSystemd();
        for (var waited = 0; !File.Exists(systemd.Socket); waited++)
        {
            if (systemd._process.HasExited || waited > 600)
            {
                systemd.Dispose();
                Skip.If(true, "systemd does not run in a namespace on this machine");
            }

            await Task.Delay(100);
        }

        return systemd;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
        foreach (var hierarchy in Directory.GetDirectories("/sys/fs/cgroup").Prepend("/sys/fs/cgroup"))
            RemoveCgroup(Path.Combine(hierarchy, Name));
        Directory.Delete(_directory, recursive: true);
    }

    // The kernel counts the processes that were killed a moment longer.
    private static void RemoveCgroup(string path)
    {
        if (!Directory.Exists(path))
            return;
        foreach (var child in Directory.GetDirectories(path))
            RemoveCgroup(child);
        for (var attempt = 0; attempt < 50; attempt++)
        {
            try
            {
                Directory.Delete(path);
                return;
            }
            catch (IOException)
            {
                Thread.Sleep(100);
            }
        }
    }
}
