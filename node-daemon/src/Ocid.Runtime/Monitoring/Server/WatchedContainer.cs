using Ocid.Linux;
using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Logs;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring.Server;

// One container: its first process and its descriptors. Used on the loop only.
internal sealed class WatchedContainer : IDisposable
{
    private readonly ContainerState _state;
    private readonly PidFd _process;
    private readonly FileDescriptor? _master;
    private readonly FileDescriptor? _feedWriter;
    private readonly TerminalFeed? _feed;
    private FileDescriptor? _stdin;

    public WatchedContainer(EventLoop loop, ContainerState state, IReadOnlyDictionary<string, FileDescriptor> descriptors, ContainerOutput output)
    {
        _state = state;
        Output = output;
        Exit = state.Exit;
        Cgroup = state.CgroupPath is { } path ? CgroupPath.Parse(path) : null;
        _process = new PidFd(descriptors[DescriptorName.Process]);
        _stdin = descriptors.GetValueOrDefault(DescriptorName.Stdin);
        _master = descriptors.GetValueOrDefault(DescriptorName.Master);
        _feedWriter = descriptors.GetValueOrDefault(DescriptorName.TerminalFeed);
        var stdout = AddStream(descriptors, DescriptorName.Stdout, "stdout"u8);
        AddStream(descriptors, DescriptorName.Stderr, "stderr"u8);
        if (stdout is not null && _master is not null && _feedWriter is not null)
            _feed = new TerminalFeed(loop, _master, _feedWriter, stdout, Output.Kick, state.TerminalPending);
    }

    public string Id => _state.Id;

    public int Pid => _state.Pid;

    public PidFd Process => _process;

    public string StateDirectory => _state.StateDirectory;

    public CgroupPath? Cgroup { get; }

    public ContainerOutput Output { get; }

    public ExitState? Exit { get; set; }

    public ExitWatch? ExitWatch { get; set; }

    /// <summary>What another monitor, or the daemon for it, needs; the descriptors stay this container's.</summary>
    /// <param name="forSuccessor">Whether this process goes on from it, and nothing happens before it does.</param>
    public (ContainerState State, List<FileDescriptor> Descriptors) Snapshot(bool forSuccessor = false)
    {
        var names = new List<string>();
        var descriptors = new List<FileDescriptor>();
        Add(DescriptorName.Process, _process.Descriptor);
        Add(DescriptorName.Stdin, _stdin);
        Add(DescriptorName.Master, _master);
        Add(DescriptorName.TerminalFeed, _feedWriter);
        foreach (var stream in Output.OpenStreams)
            Add(stream.Name, stream.Reader);
        return (_state with { Exit = Exit, Descriptors = names, TerminalPending = forSuccessor ? _feed?.Pending : null }, descriptors);

        void Add(string name, FileDescriptor? descriptor)
        {
            if (descriptor is null)
                return;
            names.Add(name);
            descriptors.Add(descriptor);
        }
    }

    public void CloseStdin()
    {
        _stdin?.Dispose();
        _stdin = null;
    }

    public void Dispose()
    {
        ExitWatch?.Dispose();
        _feed?.Dispose();
        Output.Dispose();
        CloseStdin();
        _master?.Dispose();
        _feedWriter?.Dispose();
        _process.Dispose();
    }

    private StreamPump? AddStream(IReadOnlyDictionary<string, FileDescriptor> descriptors, string name, ReadOnlySpan<byte> label)
    {
        if (!descriptors.TryGetValue(name, out var reader))
            return null;
        var stream = new StreamPump(reader, name, label.ToArray());
        Output.Add(stream);
        return stream;
    }
}
