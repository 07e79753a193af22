using Ocid.Primitives;

namespace Ocid.Linux;

// One run of a command: the child, its pipes and the moment when all of it is over. The state is the event loop's, which
// closes everything once the child is reaped, also when nobody waits any more.
internal sealed class CommandRun(CommandSpec spec)
{
    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan KillLimit = TimeSpan.FromSeconds(5);

    private readonly EventLoop _loop = EventLoop.Shared;
    private readonly TaskCompletionSource<CommandResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ChildProcess? _child;
    private EventWatch? _exitWatch;
    private OutputCapture? _output;
    private OutputCapture? _error;
    private InputFeed? _input;
    private ExitStatus? _status;

    public async Task StartAsync()
    {
        Pipe? input = spec.StandardInput is null && !spec.Input.IsEmpty ? Pipe.Create() : null;
        Pipe? output = spec.StandardOutput is null ? Pipe.Create() : null;
        Pipe? error = spec.StandardError is null ? Pipe.Create() : null;
        try
        {
            _child = await ChildProcess.SpawnAsync(
                spec,
                spec.StandardInput ?? input?.Reader,
                spec.StandardOutput ?? output?.Writer,
                spec.StandardError ?? error?.Writer);
        }
        catch
        {
            input?.Dispose();
            output?.Dispose();
            error?.Dispose();
            throw;
        }

        input?.Reader.Dispose();
        output?.Writer.Dispose();
        error?.Writer.Dispose();
        _loop.Post(() => Watch(input?.Writer, output?.Reader, error?.Reader));
    }

    public async Task<CommandResult> CompleteAsync(CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        if (spec.Timeout is { } timeout)
            limit.CancelAfter(timeout);
        try
        {
            return await _done.Task.WaitAsync(limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            await KillAsync();
            ct.ThrowIfCancellationRequested();
            throw new OcidException(ErrorKind.DeadlineExceeded, $"run {spec.Program}: not done after {spec.Timeout}");
        }
    }

    private void Watch(FileDescriptor? input, FileDescriptor? output, FileDescriptor? error)
    {
        _input = input is null ? null : new InputFeed(_loop, input, spec.Input);
        _output = output is null ? null : new OutputCapture(_loop, output, spec.OutputLimit, Settle);
        _error = error is null ? null : new OutputCapture(_loop, error, spec.OutputLimit, Settle);
        _exitWatch = _loop.Watch(_child!.PidFd.Descriptor, EventMask.Read, _ => Reap());
    }

    private void Reap()
    {
        if (_status is not null || !_child!.TryReap(out var status))
            return;
        _status = status;
        _exitWatch!.Dispose();
        _child.Dispose();
        _input?.Dispose();
        _output?.Drain();
        _error?.Drain();
        Settle();
        if (!_done.Task.IsCompleted)
            _loop.After(Grace, Finish);
    }

    private void Settle()
    {
        if (_status is not null && _output is not { IsOpen: true } && _error is not { IsOpen: true })
            Finish();
    }

    private void Finish()
    {
        _output?.Dispose();
        _error?.Dispose();
        _done.TrySetResult(new CommandResult(_status!.Value.Code, _output?.Take() ?? [], _error?.Take() ?? []));
    }

    private async Task KillAsync()
    {
        await _loop.InvokeAsync(() =>
        {
            if (_status is null)
                ProcessTree.Kill(_child!.Pid);
            return Task.CompletedTask;
        });
        try
        {
            await _done.Task.WaitAsync(KillLimit);
        }
        catch (TimeoutException)
        {
            // It hangs in the kernel. The loop reaps it when that ends.
        }
    }
}
