using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Ocid.Cri;
using Ocid.Cri.Metrics;
using Ocid.Cri.State;
using Ocid.Daemon.Configuration;
using Ocid.Images.Catalog;
using Ocid.Images.Pulling;
using Ocid.Images.Registries;
using Ocid.Networking;
using Ocid.Runtime.Cgroups;
using Ocid.Runtime.Monitoring;
using Ocid.Storage;

namespace Ocid.Daemon.Serve;

/// <summary>The daemon: opens the node's parts, recovers what an earlier run left, and serves CRI until the token ends it. Pods outlive it.</summary>
internal static partial class ServeCommand
{
    /// <exception cref="Primitives.OcidException">A part of the node cannot be opened; the message says which and why.</exception>
    public static async Task RunAsync(LoadedConfiguration configuration, ConfigurationReload reload, ILoggerFactory loggers, CancellationToken ct)
    {
        var options = configuration.Options;
        var metrics = new CriMetrics(Prometheus.Metrics.NewCustomRegistry());
        var cgroups = CgroupHierarchies.Read();
        var handlers = await RuntimeHandlers.ProbeAsync(options.Runtime.DefaultHandler, NodeParts.Runtimes(options.Runtime, cgroups), ct).ConfigureAwait(false);

        await using var store = await Store.OpenAsync(NodeParts.StoreOptions(options.Storage) with { LockWaited = metrics.StoreLockWaited }, loggers, ct).ConfigureAwait(false);
        using var registries = new ImageRegistries(NodeParts.Registries(options.Images) with { Served = metrics.Pulls.ServedBy }, loggers);
        registries.Check();
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, signal => Reload(signal, registries, reload));
        var policy = NodeParts.SignaturePolicy(options.Images, loggers);
        await using var puller = new ImagePuller(store, registries, policy, loggers) { ProgressTimeout = options.Images.PullProgressTimeout, Observe = metrics.Pulls.Observe };
        await using var network = await PodNetwork.OpenAsync(NodeParts.NetworkOptions(options), loggers, TimeProvider.System, ct).ConfigureAwait(false);
        await using var monitor = await MonitorClient.ConnectAsync(MonitorProgram.Endpoint(options, metrics, loggers), ct).ConfigureAwait(false);
        await using var node = await CriNode.StartAsync(
            new CriNodeParts
            {
                Paths = new StatePaths(options.StateDirectory, options.RunDirectory),
                BootId = NodeParts.BootId(),
                Settings = NodeParts.Settings(configuration),
                Store = store,
                Images = new ImageCatalog(store, registries),
                Puller = puller,
                SignaturePolicy = policy,
                Network = network,
                Monitor = monitor,
                Handlers = handlers,
                Facts = HostFactsReader.Read(),
                Cgroups = cgroups,
                SystemdCgroup = options.Runtime.SystemdCgroup,
                Streaming = options.Streaming,
                Metrics = metrics,
                Loggers = loggers,
            },
            ct).ConfigureAwait(false);

        var listening = new CriServerOptions
        {
            SocketPath = options.ApiSocket,
            MetricsEndpoint = options.MetricsAddress,
            WhyNotReady = _ => ValueTask.FromResult(node.WhyNotReady),
        };
        await using var server = await CriServer.StartAsync(listening, node.Calls, metrics, loggers, ct).ConfigureAwait(false);
        var logger = loggers.CreateLogger(typeof(ServeCommand).FullName!);
        LogServing(logger, options.ApiSocket);
        await reload.FollowAsync(node, handlers, cgroups, registries, puller, ct).ConfigureAwait(false);
    }

    // What says where images come from is read on use in any case; the signal says now what is wrong with it. It must not end the daemon, as it does by default.
    private static void Reload(PosixSignalContext signal, ImageRegistries registries, ConfigurationReload reload)
    {
        signal.Cancel = true;
        registries.Check();
        reload.Ask();
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "serving CRI at {Socket}")]
    private static partial void LogServing(ILogger logger, string socket);
}
