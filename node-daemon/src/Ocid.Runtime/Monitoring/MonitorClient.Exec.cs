using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring.Client;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring;

// Processes run in a container. Their stdio is this process's, the monitor only starts and reaps them.
public sealed partial class MonitorClient
{
    private static readonly TimeSpan OutputGrace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);

    /// <summary>Runs a process to its end. A process that it leaves behind with its output open does not hold up the result.</summary>
    /// <exception cref="OcidException">DeadlineExceeded: the time ran out, the process and its descendants are killed.</exception>
    public async Task<ExecResult> ExecSyncAsync(ExecLaunch launch, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (launch.Timeout is { } timeout)
            limit.CancelAfter(timeout);
        try
        {
            return await RunToEndAsync(launch, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            ct.ThrowIfCancellationRequested();
            throw new OcidException(ErrorKind.DeadlineExceeded, $"exec in container {launch.Id}: not done after {launch.Timeout}");
        }
    }

    /// <summary>Starts a process with the descriptors given, or with a terminal.</summary>
    /// <param name="launch">What to run.</param>
    /// <param name="stdio">Its descriptors.</param>
    /// <param name="ct">Looked at until the monitor is asked. From then on the process may run, and must be known to be killed; the monitor bounds the time.</param>
    /// <exception cref="OcidException">Internal, with the runtime's own last error.</exception>
    public async Task<RunningExec> StartExecAsync(ExecLaunch launch, ExecStdio stdio, CancellationToken ct)
    {
        var processPath = Path.Combine(launch.FilesDirectory, $"exec-{Guid.NewGuid():N}");
        using var console = stdio.Terminal ? new ConsoleSocket(processPath[..^24] + ".tty") : null;
        await WritePrivatelyAsync(processPath, launch.Process, ct);
        try
        {
            using var nothing = Descriptor.OpenNull();
            IReadOnlyList<FileDescriptor> given = stdio.Terminal ? [] : [stdio.Input ?? nothing, stdio.Output ?? nothing, stdio.Error ?? nothing];
            var request = new Request { Verb = Verb.Exec, Id = launch.Id.Value, Launch = launch.ToRequest(processPath, console?.Path) };
            await _loop.InvokeAsync(() => _link.ReadyAsync(ct));
            var answer = await AskAsync(request, given, CancellationToken.None);
            return new RunningExec(answer.Reply.Pid, new PidFd(answer.Descriptors[0]), console?.TakeMaster(), answer.Exited!);
        }
        finally
        {
            File.Delete(processPath);
            File.Delete(processPath + ".pid");
            File.Delete(processPath + ".log");
        }
    }

    private async Task<ExecResult> RunToEndAsync(ExecLaunch launch, CancellationToken ct)
    {
        using var output = Pipe.CreateForContainer();
        using var error = Pipe.CreateForContainer();
        using var exec = await StartExecAsync(launch, new ExecStdio(null, output.Writer, error.Writer), ct);
        output.Writer.Dispose();
        error.Writer.Dispose();
        var captured = await _loop.InvokeAsync(() => Task.FromResult(new CapturedPair(_loop, output.Reader, error.Reader, launch.OutputLimit)));
        try
        {
            var status = await exec.Exited.WaitAsync(ct);
            var (stdout, stderr) = await _loop.InvokeAsync(() => captured.FinishAsync(OutputGrace));
            return status is { } known
                ? new ExecResult(known.Code, stdout, stderr)
                : throw new OcidException(ErrorKind.Internal, $"exec in container {launch.Id}: its exit status was lost");
        }
        catch
        {
            await KillAsync(exec);
            throw;
        }
        finally
        {
            await _loop.InvokeAsync(() =>
            {
                captured.Dispose();
                return Task.CompletedTask;
            });
        }
    }

    private static async Task KillAsync(RunningExec exec)
    {
        await exec.KillAsync();
        try
        {
            await exec.Exited.WaitAsync(KillLimit);
        }
        catch (Exception failure) when (failure is TimeoutException or OcidException)
        {
            // It hangs in the kernel, or the monitor that would tell is gone.
        }
    }

    private static async Task WritePrivatelyAsync(string path, ReadOnlyMemory<byte> content, CancellationToken ct)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        await using var file = new FileStream(path, options);
        await file.WriteAsync(content, ct);
    }
}
