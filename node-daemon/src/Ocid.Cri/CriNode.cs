using Microsoft.Extensions.Logging;
using Ocid.Cri.Confinement;
using Ocid.Cri.Containers;
using Ocid.Cri.Edits;
using Ocid.Cri.Events;
using Ocid.Cri.Images;
using Ocid.Cri.Node;
using Ocid.Cri.Observation;
using Ocid.Cri.Pods;
using Ocid.Cri.State;
using Ocid.Cri.Streaming;
using Ocid.Runtime.Confinement;
using Ocid.Streaming;

namespace Ocid.Cri;

/// <summary>The pods and containers of this node, and the CRI calls on them.</summary>
public sealed class CriNode : IAsyncDisposable
{
    private readonly CriNodeParts _parts;
    private readonly CancellationTokenSource _stopping = new();
    private readonly NodeSettingsInForce _settings;
    private readonly RunPodSandbox _runPod;
    private readonly CreateContainer _createContainer;
    private readonly Recovery _recovery;
    private readonly MonitorExits _monitorExits;
    private readonly StreamingServer _streaming;
    private Task _following = Task.CompletedTask;

    private CriNode(CriNodeParts parts)
    {
        _parts = parts;
        _settings = new NodeSettingsInForce(parts.Settings);
        var node = new ThisNode(parts.Paths, parts.BootId, _settings, parts.Time, _stopping.Token);
        var pods = new Registry<PodSandbox>("pod sandbox", Logger<Registry<PodSandbox>>());
        var containers = new Registry<Container>("container", Logger<Registry<Container>>());

        var events = new ContainerEvents(pods, containers, parts.Metrics, parts.Time);
        var runtimes = new ContainerRuntimes(parts.Handlers, parts.Cgroups, parts.Facts);
        var launcher = new ContainerLauncher(runtimes, parts.Monitor, parts.Facts, _settings);
        var volumes = new ContainerVolumes(parts.Images, parts.Store, parts.SignaturePolicy);
        var release = new ContainerRelease(runtimes, volumes, parts.Store);
        var exits = new ContainerExits(runtimes, release, parts.Metrics, events, node, Logger<ContainerExits>());
        var startContainer = new StartContainer(containers, runtimes, exits, events, node);
        var stop = new StopContainer(containers, runtimes, node);
        var labels = new SelinuxLabels(parts.Facts.Selinux, new SelinuxPolicy());
        var confinement = new NodeConfinement(new AppArmorProfiles(parts.Facts.AppArmor, new AppArmorPolicy(), Logger<AppArmorProfiles>()), labels);
        _createContainer = new CreateContainer(pods, containers, parts.Images, parts.Store, parts.SignaturePolicy, volumes,
            new ContainerEdits(_settings, Logger<ContainerEdits>()), confinement, launcher, events, node, Logger<CreateContainer>());
        var remove = new RemoveContainer(containers, stop, parts.Monitor, release, parts.Store, _createContainer, events, node);
        var statistics = new ContainerStatistics(runtimes, parts.Store, node);
        var podStatistics = new PodStatistics(containers, statistics, parts.Cgroups, node);
        var metrics = new PodMetricsReader(pods, containers, runtimes, statistics, parts.Store, node);
        _ = new PodMetricsExposition(metrics, parts.Metrics.Registry);

        _streaming = new StreamingServer(
            parts.Streaming, new StreamingHost(pods, containers, new StreamedExec(launcher), new StreamedAttachment(parts.Monitor)), parts.Loggers, parts.Time);

        var init = new PodInitProcess(parts.Handlers, parts.Monitor, parts.Facts);
        var teardown = new PodSandboxTeardown(parts.Network, init);
        _runPod = new RunPodSandbox(pods, new PodSandboxSetup(parts.Network, init, labels), parts.Handlers, new PodCgroupRules(parts.SystemdCgroup), labels, events, node, Logger<RunPodSandbox>());
        var stopPod = new StopPodSandbox(pods, containers, stop, teardown, events, node);
        var removePod = new RemovePodSandbox(pods, containers, stopPod, remove, _runPod, parts.Cgroups, events, node);

        var pinned = new PinnedImages(parts.Store, _settings);
        _monitorExits = new MonitorExits(pods, containers, exits, stopPod, Logger<MonitorExits>());
        _recovery = new Recovery(pods, containers, startContainer, exits, remove, teardown, removePod, volumes, parts.Network, parts.Monitor, parts.Store, node, Logger<Recovery>());
        var (listPods, listContainers, listImages) = (new ListPodSandbox(pods), new ListContainers(containers), new ListImages(parts.Images, pinned));
        var (listStats, listPodStats, listMetrics) = (new ListContainerStats(containers, statistics), new ListPodSandboxStats(pods, podStatistics), new ListPodSandboxMetrics(metrics));
        Calls = new CriCalls()
            .Add(new ReportVersion())
            .Add(new ReportStatus(parts.Network, parts.Handlers, _settings, new UserNamespaceSupport(parts.Store)))
            .Add(new ReportRuntimeConfig(parts.SystemdCgroup))
            .Add(new UpdateRuntimeConfig(Logger<UpdateRuntimeConfig>()))
            .Add(_runPod)
            .Add(stopPod)
            .Add(removePod)
            .Add(listPods)
            .Add(new StreamPodSandboxes(listPods))
            .Add(new GetPodSandboxStatus(pods, containers, node))
            .Add(_createContainer)
            .Add(startContainer)
            .Add(stop)
            .Add(remove)
            .Add(listContainers)
            .Add(new StreamContainers(listContainers))
            .Add(new GetContainerStatus(containers))
            .Add(new UpdateContainerResources(containers, runtimes, node))
            .Add(new ReopenContainerLog(containers, parts.Monitor))
            .Add(new ExecSync(containers, launcher))
            .Add(new OfferExec(containers, _streaming))
            .Add(new OfferAttach(containers, _streaming))
            .Add(new OfferPortForward(pods, _streaming))
            .Add(new GetContainerStats(containers, statistics))
            .Add(listStats)
            .Add(new StreamContainerStats(listStats))
            .Add(new GetPodSandboxStats(pods, podStatistics))
            .Add(listPodStats)
            .Add(new StreamPodSandboxStats(listPodStats))
            .Add(new ListMetricDescriptors())
            .Add(listMetrics)
            .Add(new StreamPodSandboxMetrics(listMetrics))
            .Add(new GetContainerEvents(events))
            .Add(new UpdatePodSandboxResources(pods, parts.Cgroups, parts.Facts))
            .Add(new CheckpointContainer(containers))
            .Add(new PullImage(parts.Puller, parts.Metrics.Pulls, parts.Time))
            .Add(listImages)
            .Add(new StreamImages(listImages))
            .Add(new GetImageStatus(parts.Images, pinned))
            .Add(new RemoveImage(parts.Images))
            .Add(new GetImageFsInfo(parts.Store, node));
    }

    /// <summary>The calls that a <see cref="CriServer"/> answers with.</summary>
    public CriCalls Calls { get; }

    /// <summary>Why no pod can be run now; null when one can.</summary>
    public string? WhyNotReady => _parts.Network.Ready ? null : _parts.Network.NotReadyReason;

    /// <summary>Puts other settings into force, for what is made from now on.</summary>
    public void Change(NodeSettings settings) => _settings.Now = settings;

    /// <summary>Says in Status that other settings could not be put into force.</summary>
    public void Refuse(RefusedConfiguration refused) => _settings.Refused = refused;

    /// <summary>Reads what an earlier run left, learns what happened meanwhile, and begins to follow the containers.</summary>
    public static async Task<CriNode> StartAsync(CriNodeParts parts, CancellationToken ct)
    {
        var node = new CriNode(parts);
        await node._recovery.RunAsync(ct).ConfigureAwait(false);
        node._following = node._monitorExits.FollowAsync(parts.Monitor, node._stopping.Token);
        return node;
    }

    /// <summary>Ends what still runs for callers. Pods and containers go on.</summary>
    public async ValueTask DisposeAsync()
    {
        await _streaming.DisposeAsync().ConfigureAwait(false);
        await _stopping.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _runPod.DisposeAsync().ConfigureAwait(false);
        await _createContainer.DisposeAsync().ConfigureAwait(false);
        _stopping.Dispose();
    }

    private ILogger<T> Logger<T>() => _parts.Loggers.CreateLogger<T>();
}
