using System.CommandLine;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid rmi</c>, or <c>ocid image rm</c>: removes images from the store.</summary>
internal static class RmiCommand
{
    public static Command Create(CommandContext context, string verb = "rmi")
    {
        var names = new Argument<string[]>("IMAGE") { Description = "Names, ids, or beginnings of ids", Arity = ArgumentArity.OneOrMore };
        var path = verb == "rmi" ? verb : $"image {verb}";
        var flags = StoreFlags.Create();
        var command = new Command(verb, "Remove images, with all their tags, from this node's store; one that a container uses stays") { names };
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct).ConfigureAwait(false);
            var failed = false;
            foreach (var name in parsed.GetRequiredValue(names))
                failed |= !await RemoveAsync(images, name, context.Terminal, ct).ConfigureAwait(false);
            return failed ? ExitCode.Failed : ExitCode.Done;
        });
        return context.WithExamples(command, $"ocid {path} docker.io/library/busybox:latest\nocid {path} 9f3c0a");
    }

    // One image that must stay does not keep the others.
    private static async Task<bool> RemoveAsync(LocalImages images, string name, Terminal terminal, CancellationToken ct)
    {
        try
        {
            var image = await images.FindAsync(name, ct).ConfigureAwait(false);
            await images.Catalog.RemoveAsync(name, ct).ConfigureAwait(false);
            terminal.Output.WriteLine(image.Id);
            return true;
        }
        catch (OcidException failure)
        {
            terminal.Complain(failure.Message);
            return false;
        }
    }
}
