using System.CommandLine;
using Ocid.Cri.V1;
using Ocid.Daemon.Cri;
using Ocid.Daemon.Manifests;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid rm</c>: removes pods and containers, and what <c>ocid run</c> made for a pod.</summary>
internal static class RmCommand
{
    public static Command Create(CommandContext context)
    {
        var names = new Argument<string[]>("NAME") { Description = "Pods or containers: id, beginning of an id, or name", Arity = ArgumentArity.OneOrMore };
        var force = new Option<bool>("--force", "-f") { Description = "Stop them first (containers have 10 seconds)" };
        var command = new Command("rm", "Remove stopped pods or containers; prints each that is removed") { force, names };
        command.SetAction(async (parsed, ct) =>
        {
            using var client = context.Connect(parsed);
            var state = context.Configuration(parsed).Options.StateDirectory;
            var objects = await NodeObjects.ListAsync(client, ct).ConfigureAwait(false);
            foreach (var name in parsed.GetRequiredValue(names))
            {
                var (pod, container) = objects.Any(name);
                await (pod is not null ? RemovePodAsync(client, objects, pod, state, parsed.GetValue(force), ct) : RemoveContainerAsync(client, container!, parsed.GetValue(force), ct)).ConfigureAwait(false);
                context.Terminal.Output.WriteLine(pod?.Id ?? container!.Id);
            }
        });
        return context.WithExamples(command, "ocid rm web\nocid rm --force web");
    }

    private static async Task RemovePodAsync(CriClient client, NodeObjects objects, PodSandbox pod, string state, bool force, CancellationToken ct)
    {
        if (!force && pod.State == PodSandboxState.SandboxReady)
            throw new OcidException(ErrorKind.FailedPrecondition, $"pod {pod.Metadata.Name} is running: stop it first, or use --force");

        await StopCommand.StopPodAsync(client, objects, pod, 10, ct).ConfigureAwait(false);
        await client.Runtime.RemovePodSandboxAsync(new RemovePodSandboxRequest { PodSandboxId = pod.Id }, cancellationToken: ct).ConfigureAwait(false);
        PodDirectory.Of(state, pod.Metadata.Uid)?.Delete();
    }

    private static async Task RemoveContainerAsync(CriClient client, Container container, bool force, CancellationToken ct)
    {
        if (!force && container.State == ContainerState.ContainerRunning)
            throw new OcidException(ErrorKind.FailedPrecondition, $"container {container.Metadata.Name} is running: stop it first, or use --force");
        if (force)
            await client.Runtime.StopContainerAsync(new StopContainerRequest { ContainerId = container.Id, Timeout = 10 }, cancellationToken: ct).ConfigureAwait(false);
        await client.Runtime.RemoveContainerAsync(new RemoveContainerRequest { ContainerId = container.Id }, cancellationToken: ct).ConfigureAwait(false);
    }
}
