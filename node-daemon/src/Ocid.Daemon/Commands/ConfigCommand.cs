using System.CommandLine;
using Ocid.Daemon.Configuration;

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
        var command = new Command("validate", "Check the configuration; every error is listed with its place");
        command.SetAction(parsed =>
        {
            var files = context.Configuration(parsed).Files;
            context.Terminal.Output.WriteLine(files.Count == 0 ? "valid (no file: the defaults)" : $"valid: {string.Join(", ", files)}");
        });
        return command;
    }

    private static IReadOnlyList<Setting> DefaultSettings()
    {
        var settings = new SettingReader(new Mentions());
        _ = new OcidOptionsReader(settings, ProgramPath.Find).Read();
        return settings.Settings;
    }
}
