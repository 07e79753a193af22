using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid version</c>: this program's version.</summary>
internal static class VersionCommand
{
    /// <summary>This program's version, without what follows a plus sign.</summary>
    public static string Version => Informational()[0];

    public static Command Create(CommandContext context)
    {
        var command = new Command("version", "Print the version of this program (the daemon's is in `ocid status`)");
        command.SetAction(_ =>
        {
            var informational = Informational();
            context.Terminal.Output.WriteLine($"ocid {informational[0]}");
            if (informational.Length > 1)
                context.Terminal.Output.WriteLine($"commit {informational[1]}");
            context.Terminal.Output.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        });
        return command;
    }

    private static string[] Informational() => typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');
}
