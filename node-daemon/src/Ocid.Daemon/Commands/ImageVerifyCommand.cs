using System.CommandLine;
using System.Text.Json;
using Ocid.Images.Verification;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid image verify</c>: is what is stored, or running, still what the registry has, signed as asked, and whole on disk?</summary>
internal static class ImageVerifyCommand
{
    private static readonly string[] s_headers = ["IMAGE", "CHECK", "RESULT", "DETAIL"];

    public static Command Create(CommandContext context)
    {
        var names = new Argument<string[]>("IMAGE") { Description = "Names, ids, or beginnings of ids", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all", "-a") { Description = "Every image of the store" };
        var running = new Option<bool>("--running") { Description = "Every image that a container uses, whoever runs it" };
        var offline = new Option<bool>("--offline") { Description = "Ask no registry: look at the files, and at the signatures in the store" };
        var policy = new Option<string?>("--signature-policy", "--policy") { Description = "A policy.json to obey instead of the node's", HelpName = "FILE" };
        var listing = new Listing();
        var registry = new RegistryFlags();
        var flags = StoreFlags.Create();
        var command = new Command("verify", "Check images against their registry, the signature policy, and their own layers on disk") { names, all, running, offline, policy, listing.Option };
        registry.AddTo(command);
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var options = new VerifyOptions
            {
                Offline = parsed.GetValue(offline),
                TlsVerify = registry.TlsVerify(parsed),
                Credentials = registry.Credentials(parsed),
                SignaturePolicyFile = parsed.GetValue(policy) is { } file ? Path.GetFullPath(file) : null,
            };
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct, registry).ConfigureAwait(false);
            var chosen = await ChosenAsync(images, parsed.GetValue(names) ?? [], parsed.GetValue(all), parsed.GetValue(running), ct).ConfigureAwait(false);
            var verifier = images.Verifier();
            var verified = new List<VerifiedImage>();
            foreach (var image in chosen)
                verified.Add(await verifier.VerifyAsync(image, options, ct).ConfigureAwait(false));
            if (parsed.GetValue(listing.Option) == "json")
                context.Terminal.Output.WriteLine(JsonSerializer.Serialize([.. verified.Select(Row)], ListingJson.Default.IReadOnlyListVerifiedImageRow));
            else
                TextTable.Write(context.Terminal.Output, s_headers, verified.SelectMany(Lines));
            return verified.TrueForAll(image => image.IsSound) ? ExitCode.Done : ExitCode.Failed;
        });
        return context.WithExamples(
            command,
            "ocid image verify registry.example/team/app:1.2\nocid image verify --all --offline\nocid image verify --running --output json",
            "registry: does the name still stand for this image, and if not, which layers are others?\n"
            + "signature: would the policy let it in now? files: is every file of every layer as it was unpacked, and none there that should not be?\n"
            + "Exit status 0: all is as it should be; 1: something differs, or could not be found out.");
    }

    private static async Task<IReadOnlyList<string>> ChosenAsync(LocalImages images, string[] names, bool all, bool running, CancellationToken ct)
    {
        if (new[] { names.Length > 0, all, running }.Count(way => way) != 1)
            throw new OcidException(ErrorKind.InvalidArgument, "image verify: want either images, --all or --running");
        if (all)
            return [.. (await images.Catalog.ListAsync(ct).ConfigureAwait(false)).Select(image => image.Id.Value)];
        if (running)
            return images.InUse;

        var chosen = new List<string>();
        foreach (var name in names)
            chosen.Add((await images.FindAsync(name, ct).ConfigureAwait(false)).Id.Value);
        return [.. chosen.Distinct()];
    }

    private static IEnumerable<IReadOnlyList<string>> Lines(VerifiedImage image)
    {
        var name = image.Names.Count > 0 ? image.Names[0] : HumanText.ShortId(image.Id.Value);
        return image.Findings.Select(finding => (IReadOnlyList<string>)
        [
            name, Word(finding.Check), Word(finding.Result), Detail(finding, name).ReplaceLineEndings(" "),
        ]);
    }

    private static string Detail(ImageFinding finding, string name) =>
        finding.Path is { } path ? $"{HumanText.ShortId(finding.Subject)} {path} {finding.Detail}"
        : finding.Subject.Length == 0 || finding.Subject == name ? finding.Detail
        : $"{(Digest.TryParse(finding.Subject, out var digest) ? HumanText.ShortId(digest.Hex) : finding.Subject)} {finding.Detail}";

    private static VerifiedImageRow Row(VerifiedImage image) => new(
        image.Id.Value,
        image.Names,
        [.. image.Containers.Select(container => container.Value)],
        image.IsSound,
        [.. image.Findings.Select(finding => new FindingRow(Word(finding.Check), Word(finding.Result), finding.Subject, finding.Path, finding.Detail))]);

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();
}
