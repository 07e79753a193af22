using System.CommandLine;
using Ocid.Daemon.Commands.Progress;
using Ocid.Images.Pulling;
using Ocid.Images.Repairing;
using Ocid.Primitives;
using Ocid.Storage.Checking;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid store repair</c>: removes what belongs to nobody, and fetches what is damaged again, layer by layer.</summary>
internal static class StoreRepairCommand
{
    public static Command Create(CommandContext context)
    {
        var offline = new Option<bool>("--offline") { Description = "Ask no registry: put right only what needs nothing from elsewhere" };
        var registry = new RegistryFlags();
        var flags = StoreFlags.Create();
        var command = new Command("repair", "Put right what `ocid store check` finds: fetch just the damaged layers again, remove garbage") { offline };
        registry.AddTo(command);
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct, registry).ConfigureAwait(false);
            var progress = new CheckProgress(context.Terminal);
            var before = await images.Store.CheckAsync(contents: true, progress, ct).ConfigureAwait(false);
            progress.Clear();
            if (!parsed.GetValue(offline))
                await FetchAsync(images, before, new PullOptions { TlsVerify = registry.TlsVerify(parsed), Credentials = registry.Credentials(parsed) }, context.Terminal, ct).ConfigureAwait(false);
            foreach (var problem in await images.Store.RepairAsync(ct).ConfigureAwait(false))
                context.Terminal.Output.WriteLine($"repaired {problem.Subject}: {problem.Detail}");

            var after = await images.Store.CheckAsync(contents: true, progress, ct).ConfigureAwait(false);
            progress.Clear();
            StoreCheckCommand.Write(context.Terminal, after);
            var elsewhere = images.Store.Images.Where(image => image.ReadOnlyStore is not null).SelectMany(image => image.Names.Append(image.Id));
            var lost = after.Problems.SelectMany(problem => problem.Images).Distinct().Except(elsewhere).ToList();
            if (lost.Count > 0)
                context.Terminal.Complain($"what cannot be repaired can be removed, and brought again: ocid rmi {string.Join(' ', lost)}");
            return after.IsClean ? ExitCode.Done : ExitCode.Failed;
        });
        return context.WithExamples(
            command,
            "ocid store repair\nocid store repair --offline",
            "A damaged layer comes from the registry of an image that has it, by digest; nothing else of the image is fetched.\n"
            + "Containers that are mounted on it see it once they are started again. Exit status 0: the store is clean now.");
    }

    // What one registry cannot give does not keep the others from giving theirs.
    private static async Task FetchAsync(LocalImages images, StoreReport report, PullOptions access, Terminal terminal, CancellationToken ct)
    {
        await using var puller = images.Puller();
        var repair = new ImageRepair(images.Store, images.Registries, puller) { Access = access };
        foreach (var image in report.Problems.Select(problem => problem.DamagedImage).OfType<string>().Distinct())
            await TryAsync($"image {image}", () => repair.FetchImageAsync(image, ct), terminal).ConfigureAwait(false);
        foreach (var layer in report.Problems.Select(problem => problem.DamagedLayer).OfType<Storage.LayerId>().Distinct())
            await TryAsync($"layer {layer}", () => repair.FetchLayerAsync(layer, ct), terminal).ConfigureAwait(false);
    }

    private static async Task TryAsync(string what, Func<Task<ImageReference>> fetch, Terminal terminal)
    {
        try
        {
            terminal.Output.WriteLine($"fetched {what} of {await fetch().ConfigureAwait(false)}");
        }
        catch (OcidException failure)
        {
            terminal.Complain(failure.Message.StartsWith(what, StringComparison.Ordinal) ? failure.Message : $"{what}: {failure.Message}");
        }
    }
}
