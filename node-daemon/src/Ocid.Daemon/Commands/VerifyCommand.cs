using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Daemon.Serve;
using Ocid.Images.Signatures;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid verify</c>: would this image be let through?</summary>
internal static class VerifyCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string>("IMAGE") { Description = "[host[:port]/]path[:tag][@digest]; docker.io and latest where not said" };
        var key = new Option<string?>("--key") { Description = "The public key that must have signed it: PEM for sigstore, else OpenPGP; without, a policy decides", HelpName = "FILE" };
        var identity = new Option<string?>("--identity") { Description = "With --key: the name or the repository that must have been signed, where it is not IMAGE", HelpName = "NAME" };
        var policy = new Option<string?>("--signature-policy", "--policy") { Description = "A policy.json to obey instead of the node's", HelpName = "FILE" };
        var space = new Option<string?>("--namespace", "-n") { Description = "Obey the policy of this Kubernetes namespace", HelpName = "NAME" };
        var manifest = new Option<string?>("--manifest") { Description = "The image's manifest in a file; no registry is asked", HelpName = "FILE" };
        var signature = new Option<string?>("--signature") { Description = "The one signature to look at, in a file", HelpName = "FILE" };
        var registry = new RegistryFlags();
        var command = new Command("verify", "Check the signatures of an image against a policy or a key, without pulling it") { name, key, identity, policy, space, manifest, signature };
        registry.AddTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            var image = ImageReference.Parse(parsed.GetRequiredValue(name)).WithDefaultTag();
            var request = new VerificationRequest
            {
                KeyFile = parsed.GetValue(key),
                Identity = parsed.GetValue(identity),
                PolicyFile = parsed.GetValue(policy) is { } file ? Path.GetFullPath(file) : null,
                Namespace = parsed.GetValue(space),
                ManifestFile = parsed.GetValue(manifest),
                SignatureFile = parsed.GetValue(signature),
                Credentials = registry.Credentials(parsed),
                TlsVerify = registry.TlsVerify(parsed),
            };
            var options = context.Configuration(parsed).Options.Images;
            using var registries = registry.Open(parsed, options);
            var verifier = new SignatureVerifier(registries, NodeParts.SignaturePolicy(options, NullLoggerFactory.Instance));
            var digest = await verifier.VerifyAsync(image, request, ct).ConfigureAwait(false);
            context.Terminal.Output.WriteLine($"{image.WithDigest(digest)}");
        });
        return context.WithExamples(
            command,
            "ocid verify registry.example/team/app:1.2\n"
            + "ocid verify --key release.pub registry.example/team/app:1.2\n"
            + "ocid verify --namespace payments registry.example/team/app:1.2\n"
            + "ocid verify --manifest manifest.json --signature signature-1 --key release.pub registry.example/team/app:1.2",
            "Prints the image by the digest that may run, with exit status 0. Refused: exit status 1, and the reason with the policy's scope and requirement.");
    }
}
