using Ocid.Primitives;

namespace Ocid.Linux;

/// <summary>Runs programs. No thread waits for a child: pidfds and pipes are on <see cref="EventLoop.Shared"/>.</summary>
public static class Command
{
    /// <summary>
    /// Runs a child to its end. Cancellation and time-out kill it with all its descendants. A descendant that outlives the
    /// child and holds its output open does not hold up the result.
    /// </summary>
    /// <exception cref="LinuxException">The program could not be started.</exception>
    /// <exception cref="OcidException">DeadlineExceeded: <see cref="CommandSpec.Timeout"/> ran out.</exception>
    public static async Task<CommandResult> RunAsync(CommandSpec spec, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        var run = new CommandRun(spec);
        await run.StartAsync();
        return await run.CompleteAsync(ct);
    }

    /// <summary>
    /// Starts a child that outlives this process: in a session of its own, with /dev/null for what is not given. It is
    /// reaped here when it ends before this process does.
    /// </summary>
    /// <returns>The child's pid.</returns>
    public static async Task<int> StartDetachedAsync(CommandSpec spec)
    {
        var child = await ChildProcess.SpawnAsync(spec, spec.StandardInput, spec.StandardOutput, spec.StandardError, ownSession: true);
        EventWatch? watch = null;
        EventLoop.Shared.Post(() => watch = EventLoop.Shared.Watch(child.PidFd.Descriptor, EventMask.Read, _ =>
        {
            child.TryReap(out var _);
            watch?.Dispose();
            child.Dispose();
        }));
        return child.Pid;
    }
}
