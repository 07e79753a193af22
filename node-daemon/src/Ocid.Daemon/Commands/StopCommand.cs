using System.CommandLine;
using Ocid.Cri.V1;
using Ocid.Daemon.Cri;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid stop</c>: ends pods and containers and keeps them.</summary>
internal static class StopCommand
{
    public static Command Create(CommandContext context)
    {
        var names = new Argument<string[]>("NAME") { Description = "Pods or containers: id, beginning of an id, or name", Arity = ArgumentArity.OneOrMore };
        var timeout = new Option<long>("--timeout", "-t") { Description = "Seconds that each container has to end by itself before it is killed", HelpName = "SECONDS", DefaultValueFactory = _ => 10 };
        var command = new Command("stop", "Stop pods or containers; prints each that is stopped") { timeout, names };
        command.SetAction(async (parsed, ct) =>
        {
            using var client = context.Connect(parsed);
            var objects = await NodeObjects.ListAsync(client, ct).ConfigureAwait(false);
            var seconds = parsed.GetValue(timeout);
            foreach (var name in parsed.GetRequiredValue(names))
            {
                var (pod, container) = objects.Any(name);
                await (pod is not null ? StopPodAsync(client, objects, pod, seconds, ct) : StopContainerAsync(client, container!, seconds, ct)).ConfigureAwait(false);
                context.Terminal.Output.WriteLine(pod?.Id ?? container!.Id);
            }
        });
        return context.WithExamples(command, "ocid stop web\nocid stop --timeout 0 9f3c0a");
    }

    // StopPodSandbox kills: the grace that was asked for is given first.
    public static async Task StopPodAsync(CriClient client, NodeObjects objects, PodSandbox pod, long seconds, CancellationToken ct)
    {
        var running = objects.Containers.Where(container => container.PodSandboxId == pod.Id && container.State == ContainerState.ContainerRunning);
        await Task.WhenAll(running.Select(container => StopContainerAsync(client, container, seconds, ct))).ConfigureAwait(false);
        await client.Runtime.StopPodSandboxAsync(new StopPodSandboxRequest { PodSandboxId = pod.Id }, cancellationToken: ct).ConfigureAwait(false);
    }

    private static async Task StopContainerAsync(CriClient client, Container container, long seconds, CancellationToken ct) =>
        await client.Runtime.StopContainerAsync(new StopContainerRequest { ContainerId = container.Id, Timeout = seconds }, cancellationToken: ct).ConfigureAwait(false);
}
