using System.CommandLine;
using System.Text;
using Ocid.Images.Inspection;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid inspect</c>: what there is to say about an image, in the store or, without pulling it, in a registry.</summary>
internal static class InspectCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("IMAGE") { Description = "docker://NAME: in a registry; otherwise in this node's store: a name, an id, or the beginning of an id" };
        var raw = new Option<bool>("--raw") { Description = "Print the manifest, or with --config the configuration, byte for byte" };
        var config = new Option<bool>("--config") { Description = "Print the configuration, as the image specification has it" };
        var noTags = new Option<bool>("--no-tags", "-n") { Description = "Do not list the tags of the repository" };
        var registry = new RegistryFlags();
        var flags = StoreFlags.Create();
        var command = new Command("inspect", "Describe an image in a registry, without pulling it, or in this node's store") { name, raw, config, noTags };
        registry.AddTo(command);
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var image = parsed.GetRequiredValue(name);
            var reference = TransportName.IsRegistry(image) ? TransportName.InRegistry(image) : null;
            var options = new InspectOptions { TlsVerify = registry.TlsVerify(parsed), Credentials = registry.Credentials(parsed), ListTags = !parsed.GetValue(noTags) };
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct, registry).ConfigureAwait(false);
            var subject = new Subject(images.Inspector(), reference, options, reference is null ? await LocalIdAsync(images, image, ct).ConfigureAwait(false) : "");
            var text = parsed.GetValue(config) ? await subject.ConfigurationAsync(parsed.GetValue(raw), ct).ConfigureAwait(false)
                : parsed.GetValue(raw) ? await subject.ManifestAsync(ct).ConfigureAwait(false)
                : await subject.DescriptionAsync(ct).ConfigureAwait(false);
            context.Terminal.Output.Write(text);
        });
        return context.WithExamples(
            command,
            "ocid inspect docker://registry.example/team/app:1.2\nocid inspect --raw docker://busybox | sha256sum\nocid inspect --config app:1.2",
            "The JSON is that of `skopeo inspect`. Of an image in the store it has Id, RepoDigests and Size too, and RepoTags are whole names.");
    }

    private static async Task<string> LocalIdAsync(LocalImages images, string image, CancellationToken ct) =>
        (await images.Catalog.FindAsync(image, ct).ConfigureAwait(false) ?? throw new OcidException(ErrorKind.NotFound, $"no image {Quoted.Text(image)}; docker:// in front looks in a registry")).Id.Value;

    // An image in a registry, or else the one of this id in the store.
    private sealed record Subject(ImageInspector Inspector, ImageReference? Reference, InspectOptions Options, string Id)
    {
        public async Task<string> DescriptionAsync(CancellationToken ct) =>
            (await (Reference is null ? Inspector.InspectAsync(Id, ct) : Inspector.InspectAsync(Reference, Options, ct)).ConfigureAwait(false)).ToJson() + "\n";

        public async Task<string> ManifestAsync(CancellationToken ct) =>
            Encoding.UTF8.GetString((await (Reference is null ? Inspector.ReadManifestAsync(Id, ct) : Inspector.ReadManifestAsync(Reference, Options, ct)).ConfigureAwait(false)).Span);

        public async Task<string> ConfigurationAsync(bool exact, CancellationToken ct)
        {
            var bytes = await (Reference is null ? Inspector.ReadConfigurationAsync(Id, ct) : Inspector.ReadConfigurationAsync(Reference, Options, ct)).ConfigureAwait(false);
            return exact ? Encoding.UTF8.GetString(bytes.Span) : ImageInspector.DescribeConfiguration(bytes) + "\n";
        }
    }
}
