using System.CommandLine;
using Ocid.Daemon.Commands.Progress;
using Ocid.Images.Pulling;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid pull</c>: fetches an image into the store.</summary>
internal static class PullCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("IMAGE") { Description = "[host[:port]/]path[:tag][@digest]; latest where not said; a name without host is looked up as registries.conf says" };
        var registry = new RegistryFlags();
        var policy = new Option<string?>("--signature-policy", "--policy") { Description = "A policy.json to obey instead of the node's", HelpName = "FILE" };
        var screen = new ProgressFlags();
        var flags = StoreFlags.Create();
        var command = new Command("pull", "Fetch an image into this node's store and print its id") { name, policy };
        registry.AddTo(command);
        screen.AddTo(command);
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var image = parsed.GetRequiredValue(name);
            ImageReference.Parse(image); // what is none opens no store
            var options = new PullOptions
            {
                TlsVerify = registry.TlsVerify(parsed),
                Credentials = registry.Credentials(parsed),
                SignaturePolicyFile = parsed.GetValue(policy) is { } file ? Path.GetFullPath(file) : null,
            };
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct, registry).ConfigureAwait(false);
            await using var puller = images.Puller();
            try
            {
                var pulled = await PullScreen.ShowAsync(context.Terminal, screen.Kind(parsed, context.Terminal), images.Candidates(image), progress => puller.PullAsync(image, options, progress, ct)).ConfigureAwait(false);
                context.Terminal.Output.WriteLine(pulled.Id);
            }
            catch (Linux.LinuxException full) when (full.Errno is Linux.Errno.ENOSPC or Linux.Errno.EDQUOT)
            {
                throw new OcidException(full.Kind, $"{full.Message}: ocid store df shows what images take, ocid store prune removes those that no container uses", full);
            }
        });
        return context.WithExamples(command, "ocid pull busybox\nocid pull --tls-verify=false 127.0.0.1:5000/team/app:1.2\nocid pull --quiet --signature-policy strict.json registry.example/team/app:1.2\nocid pull --root /tmp/store --runroot /tmp/run quay.io/prometheus/prometheus");
    }
}
