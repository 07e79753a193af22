using System.CommandLine;
using System.Text;
using Ocid.Daemon.Templates;
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
        var format = new Option<string?>("--format", "-f") { Description = "Print what this Go template makes of the description, or json", HelpName = "TEMPLATE" };
        var registry = new RegistryFlags();
        var flags = StoreFlags.Create();
        var command = new Command("inspect", "Describe an image in a registry, without pulling it, or in this node's store") { name, raw, config, noTags, format };
        registry.AddTo(command);
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var image = parsed.GetRequiredValue(name);
            var reference = TransportName.IsRegistry(image) ? TransportName.InRegistry(image) : null;
            var template = Template(parsed.GetValue(format), parsed.GetValue(raw) || parsed.GetValue(config));
            var options = new InspectOptions { TlsVerify = registry.TlsVerify(parsed), Credentials = registry.Credentials(parsed), ListTags = !parsed.GetValue(noTags) };
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct, registry).ConfigureAwait(false);
            var subject = new Subject(images.Inspector(), reference, options, reference is null ? await LocalIdAsync(images, image, ct).ConfigureAwait(false) : "");
            var text = parsed.GetValue(config) ? await subject.ConfigurationAsync(parsed.GetValue(raw), ct).ConfigureAwait(false)
                : parsed.GetValue(raw) ? await subject.ManifestAsync(ct).ConfigureAwait(false)
                : await subject.DescriptionAsync(template, ct).ConfigureAwait(false);
            context.Terminal.Output.Write(text);
        });
        return context.WithExamples(
            command,
            "ocid inspect docker://registry.example/team/app:1.2\nocid inspect --format '{{.Digest}} {{json .Labels}}' docker://busybox\n"
            + "ocid inspect --format '{{range .LayersData}}{{.Digest}} {{.Size}}\\n{{end}}' app:1.2\nocid inspect --raw docker://busybox | sha256sum\nocid inspect --config app:1.2",
            "The JSON is that of `skopeo inspect`. Of an image in the store it has Id, RepoDigests and Size too, and RepoTags are whole names.\n"
            + "--format names its members as skopeo and podman do, with the actions if, with, range and end, variables, pipes, and the functions\n"
            + $"{TemplateFunction.Names}.");
    }

    // Null for the whole description.
    private static GoTemplate? Template(string? format, bool isOther) => format switch
    {
        null => null,
        _ when isOther => throw new OcidException(ErrorKind.InvalidArgument, "inspect: --format is for the description: not with --raw or --config"),
        "json" => null,
        _ => GoTemplate.Parse(format),
    };

    private static async Task<string> LocalIdAsync(LocalImages images, string image, CancellationToken ct) =>
        (await images.Catalog.FindAsync(image, ct).ConfigureAwait(false) ?? throw new OcidException(ErrorKind.NotFound, $"no image {Quoted.Text(image)}; docker:// in front looks in a registry")).Id.Value;

    // An image in a registry, or else the one of this id in the store.
    private sealed record Subject(ImageInspector Inspector, ImageReference? Reference, InspectOptions Options, string Id)
    {
        public async Task<string> DescriptionAsync(GoTemplate? template, CancellationToken ct)
        {
            var image = await (Reference is null ? Inspector.InspectAsync(Id, ct) : Inspector.InspectAsync(Reference, Options, ct)).ConfigureAwait(false);
            return template?.Render(InspectedFields.Of(image)) ?? image.ToJson() + "\n";
        }

        public async Task<string> ManifestAsync(CancellationToken ct) =>
            Encoding.UTF8.GetString((await (Reference is null ? Inspector.ReadManifestAsync(Id, ct) : Inspector.ReadManifestAsync(Reference, Options, ct)).ConfigureAwait(false)).Span);

        public async Task<string> ConfigurationAsync(bool exact, CancellationToken ct)
        {
            var bytes = await (Reference is null ? Inspector.ReadConfigurationAsync(Id, ct) : Inspector.ReadConfigurationAsync(Reference, Options, ct)).ConfigureAwait(false);
            return exact ? Encoding.UTF8.GetString(bytes.Span) : ImageInspector.DescribeConfiguration(bytes) + "\n";
        }
    }
}
