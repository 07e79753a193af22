using Ocid.Linux;
using Ocid.Runtime.Monitoring.Protocol;

namespace Ocid.Runtime.Monitoring.Client;

// What this process holds of a container so that it survives the monitor.
internal sealed class HeldContainer : IDisposable
{
    private readonly Dictionary<string, FileDescriptor> _descriptors;

    public HeldContainer(ContainerState state, IReadOnlyList<FileDescriptor> descriptors)
    {
        State = state;
        _descriptors = state.Descriptors.Zip(descriptors).ToDictionary(pair => pair.First, pair => pair.Second);
    }

    public ContainerState State { get; private set; }

    public FileDescriptor? Descriptor(string name) => _descriptors.GetValueOrDefault(name);

    /// <summary>The state with the descriptors that are held now.</summary>
    public (ContainerState State, List<FileDescriptor> Descriptors) Snapshot() =>
        (State with { Descriptors = [.. _descriptors.Keys] }, [.. _descriptors.Values]);

    /// <summary>Its log is written: only the pidfd is still of use.</summary>
    public void End(ExitState exit)
    {
        State = State with { Exit = exit };
        foreach (var name in _descriptors.Keys.Where(name => name != DescriptorName.Process).ToList())
            Close(name);
    }

    public void Close(string name)
    {
        if (_descriptors.Remove(name, out var descriptor))
            descriptor.Dispose();
    }

    public void Dispose()
    {
        foreach (var descriptor in _descriptors.Values)
            descriptor.Dispose();
    }
}
