using System.CommandLine;
using Ocid.Images.Credentials;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid login</c>: tries a name and password at a registry and keeps them.</summary>
internal static class LoginCommand
{
    public static Command Create(CommandContext context)
    {
        var name = new Argument<string?>("REGISTRY") { Description = "host[:port], or a path below it [default: the first that registries.conf searches, or docker.io]", Arity = ArgumentArity.ZeroOrOne };
        var user = new Option<string?>("--username", "-u") { Description = "The user's name", HelpName = "NAME" };
        var password = new Option<string?>("--password", "-p") { Description = "The password; others on this machine see it in the list of processes", HelpName = "PASSWORD" };
        var fromInput = new Option<bool>("--password-stdin") { Description = "Read the password from standard input" };
        var getLogin = new Option<bool>("--get-login") { Description = "Print the name of the user that is logged in, and do nothing else" };
        var registry = new RegistryFlags();
        var command = new Command("login", "Log in to a registry") { name, user, password, fromInput, getLogin };
        registry.AddAllButCredentialsTo(command);
        command.SetAction(async (parsed, ct) =>
        {
            using var registries = registry.Open(parsed, context.Configuration(parsed).Options.Images, authFileMayBeMissing: true);
            var login = new RegistryLogin(registries);
            var host = parsed.GetValue(name) ?? login.DefaultRegistry;
            if (parsed.GetValue(getLogin))
            {
                context.Terminal.Output.WriteLine(await login.UserAsync(host, ct).ConfigureAwait(false) ?? throw new OcidException(ErrorKind.NotFound, $"not logged into {host}"));
                return;
            }

            var known = await login.UserAsync(host, ct).ConfigureAwait(false);
            if (parsed.GetValue(user) is null && !parsed.GetValue(fromInput) && known is not null && await login.IsLoggedInAsync(host, registry.TlsVerify(parsed), ct).ConfigureAwait(false))
            {
                context.Terminal.Output.WriteLine($"Existing credentials are valid. Already logged in to {host}");
                return;
            }

            var who = parsed.GetValue(user) ?? Ask(context.Terminal, known);
            await login.LogInAsync(host, who, Password(context.Terminal, parsed.GetValue(password), parsed.GetValue(fromInput)), registry.TlsVerify(parsed), ct).ConfigureAwait(false);
            context.Terminal.Output.WriteLine("Login Succeeded!");
        });
        return context.WithExamples(
            command,
            "ocid login registry.example\necho $TOKEN | ocid login --username robot --password-stdin registry.example/team\nocid login --get-login registry.example\n"
            + "ocid login --authfile /etc/ocid/auth.json registry.example",
            "Credentials go where `podman login` puts them, and podman, buildah and skopeo find them: $REGISTRY_AUTH_FILE, or ${XDG_RUNTIME_DIR}/containers/auth.json, or the\n"
            + "docker-credential program that the file or registries.conf names. The daemon does not look there: it reads [images] auth_file, and auth.json in config_dirs.");
    }

    private static string Ask(Terminal terminal, string? known)
    {
        if (!terminal.HasKeyboard)
            throw new OcidException(ErrorKind.InvalidArgument, "login: want --username NAME");
        return Prompt.Line(terminal, known is null ? "Username: " : $"Username ({known}): ") is { Length: > 0 } typed ? typed
            : known ?? throw new OcidException(ErrorKind.InvalidArgument, "login: want a name");
    }

    private static string Password(Terminal terminal, string? given, bool fromInput)
    {
        if (given is not null && fromInput)
            throw new OcidException(ErrorKind.InvalidArgument, "login: want either --password or --password-stdin");
        if (fromInput)
            return terminal.Input().ReadToEnd().TrimEnd('\r', '\n');
        return given ?? (terminal.HasKeyboard ? Prompt.Secret(terminal, "Password: ") : throw new OcidException(ErrorKind.InvalidArgument, "login: want --password-stdin"));
    }
}
