using System.CommandLine;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Ocid.Daemon.Commands;

/// <summary><c>ocid version</c>: this program's version.</summary>
internal static class VersionCommand
{
    public static Command Create(CommandContext context)
    {
        var command = new Command("version", "Print the version of this program (the daemon's is in `ocid status`)");
        command.SetAction(_ =>
        {
            var informational = typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+');
            context.Terminal.Output.WriteLine($"ocid {informational[0]}");
            if (informational.Length > 1)
                context.Terminal.Output.WriteLine($"commit {informational[1]}");
            context.Terminal.Output.WriteLine($"{RuntimeInformation.FrameworkDescription}, {RuntimeInformation.RuntimeIdentifier}");
        });
        return command;
    }
}
