using System.Text.Json.Nodes;
using Google.Protobuf.Collections;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Agent.Applying;
using Ocid.Agent.Hosts;
using Ocid.Cri.V1;
using Ocid.Daemon.Configuration;
using Ocid.Daemon.Cri;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Daemon.Nodes;

/// <summary>The daemon over its CRI socket, which the node's configuration names each time anew: a revision may move it.</summary>
/// <param name="paths">The node.</param>
internal sealed class CriNodeRuntime(NodePaths paths) : INodeRuntime
{
    private const string FromKubelet = "kubernetes.io/config.source";
    private static readonly TimeSpan CleanUpLimit = TimeSpan.FromSeconds(60);

    public IReadOnlyList<string> OwnDirectories
    {
        get
        {
            var options = Options();
            return [options.StateDirectory, options.RunDirectory, options.Storage.Root, options.Storage.RunRoot];
        }
    }

    /// <summary>The monitor's socket.</summary>
    public string MonitorSocket => Options().MonitorSocket;

    public Task<RuntimeReport> ReportAsync(CancellationToken ct) => CallAsync(async client =>
    {
        var wanted = Configuration().Digest;
        var version = await client.Runtime.VersionAsync(new VersionRequest(), cancellationToken: ct).ConfigureAwait(false);
        var status = await client.Runtime.StatusAsync(new StatusRequest { Verbose = true }, cancellationToken: ct).ConfigureAwait(false);
        var failing = status.Status.Conditions.FirstOrDefault(condition => condition is { Type: "RuntimeReady", Status: false });
        return new RuntimeReport(
            version.RuntimeVersion,
            [.. status.RuntimeHandlers.Select(handler => handler.Name).Where(name => name.Length > 0)],
            failing is null ? WhyNotInForce(status.Info, wanted) : $"{failing.Reason}: {failing.Message}");
    });

    public Task RunCanaryAsync(CancellationToken ct) => CallAsync(async client =>
    {
        var image = CanaryImage.ForThisHost();
        var pod = new CanaryPod(client, image.Id, Path.Combine(paths.State, "canary"));
        await pod.SweepAsync(ct).ConfigureAwait(false);
        await using var undo = new Undo(_ => { }, CleanUpLimit); // what it leaves is swept before the next
        undo.Push(stop => new ValueTask(pod.SweepAsync(stop)));
        await using (var store = await Store.OpenAsync(Serve.NodeParts.StoreOptions(Options().Storage), NullLoggerFactory.Instance, ct).ConfigureAwait(false))
            await image.PutAsync(store, ct).ConfigureAwait(false);
        await pod.RunAsync(ct).ConfigureAwait(false);
        await pod.SweepAsync(ct).ConfigureAwait(false);
        undo.Commit();
        return true;
    });

    public async Task RemovePodsAsync(CancellationToken ct)
    {
        if (!File.Exists(Options().ApiSocket))
            return;
        await CallAsync(async client =>
        {
            var pods = await client.Runtime.ListPodSandboxAsync(new ListPodSandboxRequest(), cancellationToken: ct).ConfigureAwait(false);
            if (pods.Items.FirstOrDefault(pod => pod.Annotations.ContainsKey(FromKubelet) && pod.State == PodSandboxState.SandboxReady) is { } kubelets)
                throw new OcidException(ErrorKind.FailedPrecondition, $"pod {kubelets.Metadata.Namespace}/{kubelets.Metadata.Name} is the kubelet's: point the kubelet at another runtime first");
            foreach (var pod in pods.Items)
            {
                await client.Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = pod.Id }, cancellationToken: ct).ConfigureAwait(false);
                await client.Runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = pod.Id }, cancellationToken: ct).ConfigureAwait(false);
            }

            return true;
        }).ConfigureAwait(false);
    }

    // A daemon that was told to read its files again goes on with what it had until it has. One that does not say which it has is taken at its word.
    private static string? WhyNotInForce(MapField<string, string> info, string wanted)
    {
        if (!info.TryGetValue("configuration", out var text))
            return null;
        var said = JsonNode.Parse(text)!;
        if ((string?)said["digest"] == wanted)
            return null;
        return (string?)said["refused"] == wanted
            ? throw new OcidException(ErrorKind.FailedPrecondition, $"the daemon refuses the configuration: {(string?)said["reason"]}")
            : "it has not taken over the configuration";
    }

    private OcidOptions Options() => Configuration().Options;

    private LoadedConfiguration Configuration() => ConfigurationFiles.Load(new ConfigurationRequest { File = paths.ConfigurationFile });

    private async Task<T> CallAsync<T>(Func<CriClient, Task<T>> call)
    {
        using var client = new CriClient(Options().ApiSocket);
        try
        {
            return await call(client).ConfigureAwait(false);
        }
        catch (RpcException failure) when (failure.StatusCode == StatusCode.Cancelled)
        {
            throw new OperationCanceledException(failure.Status.Detail, failure);
        }
        catch (RpcException failure)
        {
            var kind = failure.StatusCode switch
            {
                StatusCode.Unavailable or StatusCode.Internal => ErrorKind.Unavailable,
                StatusCode.DeadlineExceeded => ErrorKind.DeadlineExceeded,
                _ => ErrorKind.Aborted,
            };
            throw new OcidException(kind, Commands.Failure.Lines(failure)[0], failure);
        }
    }
}
