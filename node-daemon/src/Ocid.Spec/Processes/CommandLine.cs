using Ocid.Primitives;

namespace Ocid.Spec.Processes;

// https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/#notes
internal static class CommandLine
{
    public static IReadOnlyList<string> Merge(ImageDefaults image, IReadOnlyList<string> command, IReadOnlyList<string> arguments)
    {
        IReadOnlyList<string> program = command.Count > 0 ? command : image.Entrypoint;
        IReadOnlyList<string> rest = arguments.Count > 0 ? arguments : command.Count > 0 ? [] : image.Cmd;
        string[] line = [.. program, .. rest];
        return line.Length > 0 ? line : throw new OcidException(ErrorKind.InvalidArgument, "command: neither the request nor the image names a program");
    }
}
