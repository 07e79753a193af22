using System.Globalization;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Logs;
using Ocid.Runtime.Monitoring;
using Ocid.Runtime.Monitoring.Protocol;
using Ocid.Runtime.Monitoring.Server;

namespace Ocid.Runtime.Tests.Monitoring;

public sealed class ContainerTableTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("ocid-table-").FullName;

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public async Task An_exit_is_recorded_and_told_while_every_writer_of_logs_hangs()
    {
        using var loop = new EventLoop("test");
        using var workers = new LogWorkers();
        using var hangs = new SemaphoreSlim(0);
        for (var i = 0; i < 64; i++)
            workers.Enqueue(_ => hangs.Wait());
        var table = new ContainerTable(loop, workers, new Children(loop), new MemoryKills(CgroupHierarchies.Read()), TimeProvider.System, null);
        var told = new TaskCompletionSource<string>();
        table.Exited += exit => told.SetResult(exit.Id);
        var id = ContainerId.New().Value;
        // Nobody's child here: this process waits for its own.
        var shell = await Command.RunAsync(new CommandSpec { Program = "/bin/sh", Arguments = ["-c", "sleep 0.5 >/dev/null 2>&1 & echo $!"] }, default);
        var pid = int.Parse(shell.OutputText, CultureInfo.InvariantCulture);

        await loop.InvokeAsync(() => Task.FromResult(table.Add(
            new ContainerState { Id = id, Pid = pid, StateDirectory = _root },
            new Dictionary<string, FileDescriptor> { [DescriptorName.Process] = PidFd.Open(pid).Descriptor },
            null)));

        (await told.Task.WaitAsync(TimeSpan.FromSeconds(30))).Should().Be(id);
        ExitRecord.TryRead(_root)!.Id.Value.Should().Be(id);
        hangs.Release(64);
        await workers.RunAsync(() => true);
    }
}
