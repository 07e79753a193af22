using Ocid.Cri.State;
using Ocid.Cri.Observation;

namespace Ocid.Cri.Containers;

/// <summary>A container: what was asked, what is, and where its parts are.</summary>
internal sealed class Container : StateRecord<ContainerSpec, ContainerStatus>, IRegistered
{
    private static readonly StateTypes<ContainerSpec, ContainerStatus> Types =
        new(StateJson.Default.ContainerSpec, StateJson.Default.ContainerStatus);

    private readonly TaskCompletionSource _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Container(ContainerSpec spec, ContainerStatus status, StatePaths paths)
        : base(spec.Id, paths.ContainerState(spec.ContainerId), Types, spec, status)
    {
        Bundle = paths.Bundle(spec.ContainerId);
        Mounts = paths.MountsOf(spec.Id);
        if (status.Phase == ContainerPhase.Exited)
            _exited.SetResult();
    }

    public bool Removing => Status.Removing;

    /// <summary>An earlier run of the daemon has made it.</summary>
    public bool FromBefore { get; private init; }

    /// <summary>The OCI bundle; gone after a reboot.</summary>
    public string Bundle { get; }

    /// <summary>What is mounted for it before its runtime sees it; gone after a reboot.</summary>
    public StagedMounts Mounts { get; }

    /// <summary>What only a running container needs is freed.</summary>
    public bool Released { get; set; }

    /// <summary>The use of processors since it was last asked for.</summary>
    public CpuRate CpuRate { get; } = new();

    /// <summary>Completes once the status says Exited.</summary>
    public Task Exited => _exited.Task;

    public V1.LinuxContainerResources? Resources =>
        Status.ResourcesBytes is { } updated ? V1.LinuxContainerResources.Parser.ParseFrom(updated) : Spec.Config.Linux?.Resources;

    /// <summary>Records the end, on disk first where it takes it, then wakes who waits for it.</summary>
    public async Task FinishAsync(ContainerStatus exited)
    {
        await UpdateToFactAsync(exited).ConfigureAwait(false);
        _exited.TrySetResult();
    }

    public static Container? Load(string directory, StatePaths paths) =>
        Read(directory, Types) is var (spec, status) ? new Container(spec, status, paths) { FromBefore = true } : null;
}
