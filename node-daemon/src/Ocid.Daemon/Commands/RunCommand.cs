using System.CommandLine;
using Ocid.Daemon.Manifests;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid run</c>: a Pod manifest on this node, without a cluster.</summary>
internal static class RunCommand
{
    private const string Notes = """
        Images are pulled, init containers run to their end, containers started. What fails is taken back whole.
        Containers are started once: restartPolicy is accepted, and nobody restarts them.
        Without a seccompProfile a container gets the runtime's default profile.
        A field that would make another pod of it and cannot be honoured (probes, envFrom, secrets …) is refused with its place.
        """;

    private const long LargestManifest = 1024 * 1024;

    public static Command Create(CommandContext context)
    {
        var file = new Argument<string>("FILE") { Description = "Pod manifest (YAML or JSON); - is standard input" };
        var command = new Command("run", "Run the pod of a Kubernetes manifest on this node and print its ids") { file };
        command.SetAction(async (parsed, ct) =>
        {
            var pod = Read(parsed.GetRequiredValue(file));
            using var client = context.Connect(parsed);
            var run = new PodRun(client, context.Configuration(parsed).Options.StateDirectory, step => context.Terminal.Error.WriteLine(step));
            var started = await run.StartAsync(pod, ct).ConfigureAwait(false);
            context.Terminal.Output.WriteLine($"pod {pod.Name} {started.Id}");
            foreach (var (name, id) in started.Containers)
                context.Terminal.Output.WriteLine($"container {name} {id}");
        });
        return context.WithExamples(command, "ocid run web.yaml\nkubectl get pod web -o yaml | ocid run -\nocid logs web; ocid rm --force web", Notes);
    }

    private static PodManifest Read(string file)
    {
        if (file == "-")
            return PodManifestReader.Read("standard input", Console.In);
        if (!File.Exists(file))
            throw new OcidException(ErrorKind.NotFound, $"{file}: no such file");
        if (new FileInfo(file).Length > LargestManifest)
            throw new OcidException(ErrorKind.InvalidArgument, $"{file}: larger than {LargestManifest} bytes");

        using var reader = new StreamReader(file);
        return PodManifestReader.Read(file, reader);
    }
}
