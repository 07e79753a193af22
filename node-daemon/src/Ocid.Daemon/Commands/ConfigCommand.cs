using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Ocid.Daemon.Configuration;
using Ocid.Daemon.Serve;
using Ocid.Images.Registries;
using Ocid.Primitives;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid config</c>: what the configuration may be, is, and whether it is right.</summary>
internal static class ConfigCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("config", "Look at the configuration and check it")
        {
            CreateDefault(context),
            CreateShow(context),
            CreateValidate(context),
        };
        return context.WithExamples(command, "ocid config default > /etc/ocid/ocid.toml\nocid config show\nocid config validate --config /etc/ocid/revisions/4f2a/ocid.toml");
    }

    private static Command CreateDefault(CommandContext context)
    {
        var command = new Command("default", "Print a configuration file with every key, its meaning and its default");
        command.SetAction(_ => context.Terminal.Output.Write(SettingsText.Defaults(DefaultSettings())));
        return command;
    }

    private static Command CreateShow(CommandContext context)
    {
        var command = new Command("show", "Print the configuration in force and who set what");
        command.SetAction(parsed => context.Terminal.Output.Write(SettingsText.InForce(context.Configuration(parsed).Settings)));
        return command;
    }

    private static Command CreateValidate(CommandContext context)
    {
        var command = new Command("validate", "Check the configuration and what it leads to: registries.conf, policy.json and the namespaces' policies; every error is listed with its place");
        command.SetAction(parsed =>
        {
            var configuration = context.Configuration(parsed);
            ValidateImages(configuration.Options.Images);
            var files = configuration.Files;
            context.Terminal.Output.WriteLine(files.Count == 0 ? "valid (no file: the defaults)" : $"valid: {string.Join(", ", files)}");
        });
        return command;
    }

    private static void ValidateImages(ImagesOptions options)
    {
        using var registries = new ImageRegistries(NodeParts.Registries(options), NullLoggerFactory.Instance);
        var policy = NodeParts.SignaturePolicy(options, NullLoggerFactory.Instance);
        var errors = new List<string>();
        foreach (var validate in (Action[])[registries.Validate, policy.Validate])
        {
            try
            {
                validate();
            }
            catch (OcidException wrong)
            {
                errors.Add(wrong.Message);
            }
        }

        if (errors.Count > 0)
            throw new ConfigurationException(errors);
    }

    private static IReadOnlyList<Setting> DefaultSettings()
    {
        var settings = new SettingReader(new Mentions());
        _ = new OcidOptionsReader(settings, ProgramPath.Find).Read();
        return settings.Settings;
    }
}
