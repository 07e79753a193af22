using System.CommandLine;
using Ocid.Daemon.Commands.Progress;
using Ocid.Images.Pulling;
using Ocid.Images.Registry;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid pull</c>: fetches an image into the store.</summary>
internal static class PullCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("IMAGE") { Description = "[host[:port]/]path[:tag][@digest]; docker.io and latest where not said" };
        var verify = new Option<bool?>("--tls-verify") { Description = "Check the registry's certificate, whatever registries.conf says; =false also allows plain HTTP", HelpName = "true|false" };
        var credentials = new Option<string?>("--creds") { Description = "Name and password for the registry", HelpName = "USER:PASSWORD" };
        var policy = new Option<string?>("--signature-policy", "--policy") { Description = "A policy.json to obey instead of the node's", HelpName = "FILE" };
        var flags = StoreFlags.Create();
        var command = new Command("pull", "Fetch an image into this node's store and print its id") { name, verify, credentials, policy };
        foreach (var (option, _) in flags)
            command.Options.Add(option);
        command.SetAction(async (parsed, ct) =>
        {
            var reference = ImageReference.Parse(parsed.GetRequiredValue(name)).WithDefaultTag();
            var options = new PullOptions
            {
                TlsVerify = parsed.GetValue(verify),
                Credentials = ReadCredentials(parsed.GetValue(credentials)),
                SignaturePolicyFile = parsed.GetValue(policy) is { } file ? Path.GetFullPath(file) : null,
            };
            await using var images = await LocalImages.OpenAsync(context, parsed, flags, ct).ConfigureAwait(false);
            await using var puller = images.Puller();
            var pulled = await PullScreen.ShowAsync(context.Terminal, reference, progress => puller.PullAsync(reference, options, progress, ct)).ConfigureAwait(false);
            context.Terminal.Output.WriteLine(pulled.Id);
        });
        return context.WithExamples(command, "ocid pull busybox\nocid pull --tls-verify=false 127.0.0.1:5000/team/app:1.2\nocid pull --signature-policy strict.json registry.example/team/app:1.2\nocid pull --root /tmp/store --runroot /tmp/run quay.io/prometheus/prometheus");
    }

    internal static RegistryCredentials? ReadCredentials(string? text)
    {
        if (text is null)
            return null;

        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? new RegistryCredentials { Username = text[..colon], Password = text[(colon + 1)..] }
            : throw new OcidException(ErrorKind.InvalidArgument, "--creds: want USER:PASSWORD");
    }
}
