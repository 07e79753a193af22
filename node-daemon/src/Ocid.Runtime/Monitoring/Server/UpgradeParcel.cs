using System.Text.Json;
using Ocid.Linux;
using Ocid.Primitives;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring.Server;

// What goes through execve: the state as bytes and the descriptors that it names by number.
internal sealed class UpgradeParcel
{
    public UpgradeParcel(SeqPacketListener listener, IReadOnlyList<Session> sessions, ContainerTable containers)
    {
        var state = new UpgradeState
        {
            Listener = Keep(listener.Descriptor),
            Connections = [.. sessions.Select(session => Keep(session.Channel.Connection.Descriptor))],
            Containers = [.. containers.All.Select(Keep)],
            Execs = [.. sessions.SelectMany((session, index) => session.Execs.Select(exec =>
                new UpgradedExec(exec.Value.Pid, Keep(exec.Value.Process.Descriptor), index, exec.Key)))],
        };
        Bytes = JsonSerializer.SerializeToUtf8Bytes(state, MonitorJson.Default.UpgradeState);
    }

    public byte[] Bytes { get; }

    public List<FileDescriptor> Descriptors { get; } = [];

    public static UpgradeState Read(FileDescriptor file) =>
        JsonSerializer.Deserialize(SelfProcess.ReadMemoryFile(file), MonitorJson.Default.UpgradeState)
        ?? throw new OcidException(ErrorKind.DataLoss, "resume: no state");

    private UpgradedContainer Keep(WatchedContainer container)
    {
        var (state, descriptors) = container.Snapshot(forSuccessor: true);
        return new UpgradedContainer(state, [.. descriptors.Select(Keep)]);
    }

    private int Keep(FileDescriptor descriptor)
    {
        Descriptors.Add(descriptor);
        return SelfProcess.NumberOf(descriptor);
    }
}
