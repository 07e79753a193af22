using System.CommandLine;
using Ocid.Images.Credentials;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid logout</c>: forgets what <c>ocid login</c>, or podman's, kept.</summary>
internal static class LogoutCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string?>("REGISTRY") { Description = "host[:port], or a path below it [default: the first that registries.conf searches, or docker.io]", Arity = ArgumentArity.ZeroOrOne };
        var all = new Option<bool>("--all", "-a") { Description = "Log out of all registries of the file of credentials" };
        var registry = new RegistryFlags();
        var command = new Command("logout", "Log out of a registry") { name, all };
        registry.AddAllButCredentialsTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            using var registries = registry.Open(parsed, context.Configuration(parsed).Options.Images);
            var login = new RegistryLogin(registries);
            if (parsed.GetValue(all))
            {
                if (parsed.GetValue(name) is not null)
                    throw new OcidException(ErrorKind.InvalidArgument, "logout: want either a registry or --all");
                login.LogOutOfAll();
                context.Terminal.Output.WriteLine("Removed login credentials for all registries");
                return;
            }

            var host = parsed.GetValue(name) ?? login.DefaultRegistry;
            if (!await login.LogOutAsync(host, ct).ConfigureAwait(false))
                throw new OcidException(ErrorKind.NotFound, await login.UserAsync(host, ct).ConfigureAwait(false) is null ? $"not logged into {host}" : $"not logged into {host} in {login.File}: its credentials are in another file");
            context.Terminal.Output.WriteLine($"Removed login credentials for {host}");
        });
        return context.WithExamples(command, "ocid logout registry.example\nocid logout --all");
    }
}
