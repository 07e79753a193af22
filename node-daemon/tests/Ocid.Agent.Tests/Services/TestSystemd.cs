using System.Collections.Concurrent;
using System.Diagnostics;

namespace Ocid.Agent.Tests.Services;

/// <summary>
/// A systemd for one user, in a mount namespace and a cgroup of its own, which go with it. It serves the same private socket as the host's own, and sees the
/// machine's files. A pid namespace it cannot have: it hangs up on callers whose pid it does not see.
/// </summary>
internal sealed class TestSystemd : IDisposable
{
    private const string Program = "/lib/systemd/systemd";

    // systemd looks for the directory to know that this machine is systemd's. Of units it knows those of the test alone: the three targets are what every service
    // depends on.
    private const string Script = """
        for target in default basic shutdown; do
            printf '[Unit]\nDefaultDependencies=no\n' > "$SYSTEMD_UNIT_PATH/$target.target"
        done
        for hierarchy in /sys/fs/cgroup /sys/fs/cgroup/*; do
            mountpoint -q "$hierarchy" && [ -e "$hierarchy/cgroup.procs" ] || continue
            mkdir "$hierarchy/$1"
            [ ! -e "$hierarchy/cpuset.cpus" ] || for file in cpuset.cpus cpuset.mems; do cat "$hierarchy/$file" > "$hierarchy/$1/$file"; done
            echo $$ > "$hierarchy/$1/cgroup.procs"
        done
        exec unshare --mount sh -c '
            mount --make-rprivate / && mkdir -p /run/systemd && mount -t tmpfs tmpfs /run/systemd && mkdir /run/systemd/system && exec "$0" --user' "$2"
        """;

    private readonly string _directory = Directory.CreateTempSubdirectory("ocid-systemd-").FullName;
    private readonly Process _process;
    private readonly ConcurrentQueue<string> _output = new();

    private TestSystemd()
    {
        var start = new ProcessStartInfo("/bin/sh", ["-c", Script, "sh", Name, Program]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["XDG_RUNTIME_DIR"] = _directory;
        start.Environment["HOME"] = _directory;
        start.Environment["SYSTEMD_UNIT_PATH"] = Directory.CreateDirectory(Units).FullName;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += Remember;
        _process.ErrorDataReceived += Remember;
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Socket => Path.Combine(_directory, "systemd/private");

    public string RuntimeDirectory => _directory;

    /// <summary>Where its units are.</summary>
    public string Units => Path.Combine(_directory, "systemd/user");

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
                var said = string.Join(' ', systemd._output);
                systemd.Dispose();
                throw new InvalidOperationException($"systemd does not start in a namespace of its own: {said}");
            }

            await Task.Delay(100);
        }

        return systemd;
    }

    public void Dispose()
    {
        var cgroups = Directory.GetDirectories("/sys/fs/cgroup").Prepend("/sys/fs/cgroup").Select(hierarchy => Path.Combine(hierarchy, Name)).Where(Directory.Exists).ToList();
        // systemd first: what is left then is nobody's to start again.
        if (!_process.HasExited)
            _process.Kill();
        foreach (var cgroup in cgroups)
            Kill(cgroup);
        _process.WaitForExit();
        _process.Dispose();
        cgroups.ForEach(RemoveCgroup);
        Directory.Delete(_directory, recursive: true);
    }

    private void Remember(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is { Length: > 0 } text)
            _output.Enqueue(text);
    }

    private static void Kill(string cgroup)
    {
        foreach (var pid in Directory.GetFiles(cgroup, "cgroup.procs", SearchOption.AllDirectories).SelectMany(File.ReadAllLines).Distinct().Select(int.Parse))
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
                process.WaitForExit();
            }
            catch (ArgumentException)
            {
                // It has ended meanwhile.
            }
        }
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
