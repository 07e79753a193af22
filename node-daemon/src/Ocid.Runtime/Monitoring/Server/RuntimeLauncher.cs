using System.Globalization;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring.Server;

// Runs a runtime's create and exec, so that what they leave behind is reparented to this process.
internal sealed class RuntimeLauncher(ContainerTable containers, Children children)
{
    private readonly HashSet<string> _creating = [];
    private TaskCompletionSource? _idle;

    public async Task<WatchedContainer> CreateAsync(string id, LaunchRequest launch)
    {
        if (containers.Contains(id) || !_creating.Add(id))
            throw new OcidException(ErrorKind.AlreadyExists, $"container {id}: is monitored already");
        Begin();
        try
        {
            var log = await containers.OpenLogAsync(launch.LogPath, launch.LogLimit);
            using var stdio = new ContainerStdio(launch);
            try
            {
                var files = new LaunchFiles(Path.Combine(launch.StateDirectory, "create"));
                await RunAsync(launch, "create", files, Arguments(id, launch, files, stdio), stdio.ForChild);
                var pid = files.ReadPid();
                var descriptors = stdio.TakeOurs();
                descriptors.Add(DescriptorName.Process, PidFd.Open(pid).Descriptor);
                var state = new ContainerState
                {
                    Id = id,
                    Pid = pid,
                    StateDirectory = launch.StateDirectory,
                    LogPath = launch.LogPath,
                    LogLimit = launch.LogLimit,
                    CgroupPath = launch.CgroupPath,
                    Terminal = launch.Terminal,
                };
                return containers.Add(state, descriptors, log);
            }
            catch
            {
                log?.Dispose();
                throw;
            }
        }
        finally
        {
            _creating.Remove(id);
            End();
        }
    }

    /// <summary>Starts a process in a container.</summary>
    /// <param name="id">The container.</param>
    /// <param name="launch">What to run.</param>
    /// <param name="stdio">Stdin, stdout and stderr; none when it has a terminal.</param>
    /// <param name="started">Told the process before anything can reap it.</param>
    public async Task ExecAsync(string id, LaunchRequest launch, IReadOnlyList<FileDescriptor> stdio, Action<int, PidFd> started)
    {
        Begin();
        try
        {
            var files = new LaunchFiles(launch.ProcessPath!);
            List<string> arguments = ["--detach", "--process", launch.ProcessPath!, "--pid-file", files.PidPath];
            if (launch.ConsoleSocketPath is { } console)
                arguments.AddRange(["--console-socket", console]);
            await RunAsync(launch, "exec", files, [.. arguments, id], stdio);
            var pid = files.ReadPid();
            started(pid, PidFd.Open(pid));
        }
        finally
        {
            End();
        }
    }

    /// <summary>Refuses new launches; completes when none runs.</summary>
    public Task StopAsync()
    {
        _idle = new TaskCompletionSource();
        if (children.Launches == 0)
            _idle.SetResult();
        return _idle.Task;
    }

    public void Continue() => _idle = null;

    private static List<string> Arguments(string id, LaunchRequest launch, LaunchFiles files, ContainerStdio stdio)
    {
        List<string> arguments = ["--bundle", launch.BundlePath!, "--pid-file", files.PidPath];
        if (stdio.ConsolePath is { } console)
            arguments.AddRange(["--console-socket", console]);
        return [.. arguments, id];
    }

    private static async Task RunAsync(
        LaunchRequest launch, string verb, LaunchFiles files, IReadOnlyList<string> arguments, IReadOnlyList<FileDescriptor> stdio)
    {
        files.Clear();
        var result = await Command.RunAsync(
            new CommandSpec
            {
                Program = launch.RuntimeProgram,
                Arguments = [.. launch.RuntimeArguments, "--log", files.LogPath, "--log-format", "json", verb, .. arguments],
                StandardInput = stdio.ElementAtOrDefault(0),
                StandardOutput = stdio.ElementAtOrDefault(1),
                StandardError = stdio.ElementAtOrDefault(2),
                Timeout = TimeSpan.FromSeconds(launch.TimeoutSeconds),
                HiddenPath = launch.HiddenPath,
                OutputLimit = 64 * 1024,
            },
            CancellationToken.None);
        if (result.IsSuccess)
            return;
        var reason = files.ReadLastError() ?? result.LastErrorLine;
        throw new OcidException(
            ErrorKind.Internal,
            string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(launch.RuntimeProgram)} {verb}: {(reason.Length > 0 ? reason : $"exit code {result.ExitCode}")}"));
    }

    private void Begin()
    {
        if (_idle is not null)
            throw new OcidException(ErrorKind.Unavailable, "monitor: is being replaced");
        children.BeginLaunch();
    }

    private void End()
    {
        children.EndLaunch();
        if (children.Launches == 0)
            _idle?.TrySetResult();
    }
}
