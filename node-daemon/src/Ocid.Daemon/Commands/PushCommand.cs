using System.CommandLine;
using Ocid.Daemon.Commands.Progress;
using Ocid.Images.Catalog;
using Ocid.Images.Pushing;
using Ocid.Primitives;
using Ocid.Storage;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid push</c>: an image of the store into a registry.</summary>
internal static class PushCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("IMAGE") { Description = "A name, an id, or the beginning of an id" };
        var destination = new Argument<string?>("DESTINATION") { Description = "[docker://][host[:port]/]path[:tag]; IMAGE's own name where not said", Arity = ArgumentArity.ZeroOrOne };
        var format = new Option<string?>("--format", "-f") { Description = "Kind of manifest: oci or v2s2 [default: the image's]", HelpName = "FORMAT" };
        format.AcceptOnlyFromAmong("oci", "v2s2");
        var compression = new Option<string?>("--compression-format") { Description = "gzip or zstd: what all layers are to be, also those that the registry has otherwise [default: they stay; gzip where one has to be made]", HelpName = "FORMAT" };
        compression.AcceptOnlyFromAmong("gzip", "zstd");
        var level = new Option<int?>("--compression-level") { Description = "How hard to compress: gzip from 1 to 9, zstd from 1 to 20", HelpName = "LEVEL" };
        var digestFile = new Option<string?>("--digestfile") { Description = "Write the manifest's digest into this file", HelpName = "FILE" };
        var unsigned = new Option<bool>("--remove-signatures") { Description = "Push no signatures: accepted for scripts, push never does; see `ocid sign`" };
        var screen = new ProgressFlags();
        var registry = new RegistryFlags();
        var flags = StoreFlags.Create();
        var command = new Command("push", "Push an image of this node's store to a registry and print its manifest's digest") { name, destination, format, compression, level, digestFile, unsigned };
        registry.AddTo(command);
        screen.AddTo(command);
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var asked = parsed.GetRequiredValue(name);
            var given = parsed.GetValue(destination) is { } text ? TransportName.InRegistry(text).WithDefaultTag() : null;
            var options = new PushOptions
            {
                TlsVerify = registry.TlsVerify(parsed),
                Credentials = registry.Credentials(parsed),
                Format = parsed.GetValue(format) switch { "oci" => ManifestFormat.Oci, "v2s2" => ManifestFormat.DockerV2S2, _ => null },
                Compression = parsed.GetValue(compression) switch { "gzip" => LayerCompression.Gzip, "zstd" => LayerCompression.Zstd, _ => null },
                CompressionLevel = parsed.GetValue(level),
            };
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct, registry).ConfigureAwait(false);
            var image = await images.FindAsync(asked, ct).ConfigureAwait(false);
            var target = given ?? OwnName(image, asked);
            var pushed = await PushScreen.ShowAsync(
                context.Terminal, screen.Kind(parsed, context.Terminal), target, progress => images.Pusher().PushAsync(image.Id.Value, target, options, progress, ct)).ConfigureAwait(false);
            if (parsed.GetValue(digestFile) is { } file)
                await File.WriteAllTextAsync(file, pushed.ManifestDigest.ToString(), ct).ConfigureAwait(false);
            context.Terminal.Output.WriteLine(pushed.ManifestDigest);
        });
        return context.WithExamples(
            command,
            "ocid push registry.example/team/app:1.2\n"
            + "ocid push 9f3c0a docker://registry.example/team/app:1.2\n"
            + "ocid push --tls-verify=false --digestfile digest app:1.2 127.0.0.1:5000/team/app\n"
            + "ocid push --compression-format zstd --compression-level 12 app:1.2 registry.example/team/app\n"
            + "ocid push --format v2s2 --creds robot:secret app:1.2 registry.example/team/app",
            "Blobs that the registry has are not sent. An image keeps its manifest, and so its digest and its signatures, where the registry has all its blobs or can take\n"
            + "them over from another of its repositories. Elsewhere its layers are compressed anew under new digests; its id, the digest of its configuration, stays.");
    }

    private static ImageReference OwnName(LocalImage image, string asked)
    {
        var own = ImageReference.TryParse(asked, out var reference) ? image.RepoTags.FirstOrDefault(tag => tag == reference.WithDefaultTag().ToString()) : null;
        own ??= image.RepoTags.Count == 1 ? image.RepoTags[0] : null;
        return own is not null ? ImageReference.Parse(own)
            : throw new OcidException(ErrorKind.InvalidArgument, $"push {Quoted.Text(asked)}: say where to; the image has {(image.RepoTags.Count == 0 ? "no name" : $"the names {string.Join(", ", image.RepoTags)}")}");
    }
}
