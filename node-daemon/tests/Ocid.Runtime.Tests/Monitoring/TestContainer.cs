using System.Text.Json.Nodes;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring;

namespace Ocid.Runtime.Tests.Monitoring;

// A bundle with busybox that runs a script.
internal sealed class TestContainer : IAsyncDisposable
{
    public const string Runc = "/usr/sbin/runc";
    public const string Crun = "/usr/bin/crun";
    public const string Busybox = "/bin/busybox";
    public const string Unified = "/sys/fs/cgroup/unified";

    private readonly string _bundle;
    private readonly string _runtime;
    private readonly string _runtimeRoot;

    public TestContainer(string root, string script, bool terminal, string runtime)
    {
        Id = ContainerId.New();
        _runtime = runtime;
        _runtimeRoot = Path.Combine(root, "runtime");
        _bundle = Path.Combine(root, Id.Value[..12]);
        StateDirectory = Path.Combine(_bundle, "state");
        LogPath = Path.Combine(_bundle, "log");
        Directory.CreateDirectory(StateDirectory);
        var binaries = Path.Combine(_bundle, "rootfs", "bin");
        Directory.CreateDirectory(binaries);
        File.Copy(Busybox, Path.Combine(binaries, "busybox"));
        foreach (var applet in (string[])["sh", "sleep", "cat", "seq", "head", "echo", "stty", "setsid", "tr", "true", "usleep", "ls"])
            File.CreateSymbolicLink(Path.Combine(binaries, applet), "busybox");
        WriteConfig(script, terminal);
    }

    public ContainerId Id { get; }

    public string StateDirectory { get; }

    public string LogPath { get; set; }

    private string? HiddenPath => _runtime == Crun ? Unified : null;

    private string[] RuntimeArguments => ["--root", _runtimeRoot];

    public ContainerLaunch Launch => new()
    {
        Id = Id,
        RuntimeProgram = _runtime,
        RuntimeArguments = RuntimeArguments,
        BundlePath = _bundle,
        StateDirectory = StateDirectory,
        LogPath = LogPath,
        Terminal = Terminal,
        HiddenPath = HiddenPath,
    };

    private bool Terminal { get; set; }

    public ExecLaunch Exec(string script, TimeSpan? timeout = null, bool terminal = false)
    {
        var process = Process(script, terminal);
        return new ExecLaunch
        {
            Id = Id,
            RuntimeProgram = _runtime,
            RuntimeArguments = RuntimeArguments,
            Process = System.Text.Encoding.UTF8.GetBytes(process.ToJsonString()),
            FilesDirectory = StateDirectory,
            HiddenPath = HiddenPath,
            Timeout = timeout,
        };
    }

    public Task StartAsync() => VerbAsync("start");

    public async Task VerbAsync(string verb, params string[] arguments)
    {
        var result = await Command.RunAsync(
            new CommandSpec { Program = _runtime, Arguments = [.. RuntimeArguments, verb, Id.Value, .. arguments], HiddenPath = HiddenPath }, default);
        result.ExitCode.Should().Be(0, result.LastErrorLine);
    }

    public string[] LogLines() => File.ReadAllText(LogPath).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public string[] Messages(string stream = "stdout") =>
        [.. LogLines().Select(line => line.Split(' ', 4)).Where(fields => fields[1] == stream).Select(fields => fields[3])];

    public async Task UntilLoggedAsync(string message)
    {
        for (var i = 0; i < 6000; i++)
        {
            if (File.Exists(LogPath) && Messages().Contains(message))
                return;
            await Task.Delay(10);
        }

        throw new InvalidOperationException($"not logged: {message}");
    }

    public async ValueTask DisposeAsync()
    {
        await Command.RunAsync(
            new CommandSpec { Program = _runtime, Arguments = [.. RuntimeArguments, "delete", "--force", Id.Value], HiddenPath = HiddenPath }, default);
    }

    private static JsonObject Process(string script, bool terminal) => new()
    {
        ["terminal"] = terminal,
        ["user"] = new JsonObject { ["uid"] = 0, ["gid"] = 0 },
        ["args"] = new JsonArray("/bin/sh", "-c", script),
        ["env"] = new JsonArray("PATH=/bin"),
        ["cwd"] = "/",
    };

    private void WriteConfig(string script, bool terminal)
    {
        Terminal = terminal;
        var mounts = new JsonArray(
            new JsonObject { ["destination"] = "/proc", ["type"] = "proc", ["source"] = "proc" },
            new JsonObject { ["destination"] = "/dev", ["type"] = "tmpfs", ["source"] = "tmpfs", ["options"] = new JsonArray("mode=755") },
            new JsonObject { ["destination"] = "/dev/pts", ["type"] = "devpts", ["source"] = "devpts", ["options"] = new JsonArray("newinstance", "ptmxmode=0666") });
        var namespaces = new JsonArray();
        foreach (var kind in (string[])["pid", "ipc", "uts", "mount"])
            namespaces.Add(new JsonObject { ["type"] = kind });
        var config = new JsonObject
        {
            ["ociVersion"] = "1.0.2",
            ["process"] = Process(script, terminal),
            ["root"] = new JsonObject { ["path"] = "rootfs" },
            ["mounts"] = mounts,
            ["linux"] = new JsonObject { ["cgroupsPath"] = "/ocid-mon-test-" + Id.Value[..12], ["namespaces"] = namespaces },
        };
        File.WriteAllText(Path.Combine(_bundle, "config.json"), config.ToJsonString());
    }
}
