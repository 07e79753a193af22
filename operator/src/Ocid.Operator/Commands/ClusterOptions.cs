using System.CommandLine;
using System.Reflection;
using Ocid.Operator.Manifests;
using Ocid.Operator.Merging;
using Ocid.Operator.Planning;
using Ocid.Operator.Rendering;
using Ocid.Primitives;

namespace Ocid.Operator.Commands;

/// <summary>The options that say which cluster a verb looks at.</summary>
internal sealed class ClusterOptions
{
    private const string DefaultNamespace = "ocid-system";

    private readonly Option<string[]> _files = new("--filename", "-f")
    {
        Description = "Manifests, as kubectl prints them or as they are to be applied; - is the standard input; a later object takes the place of an earlier one",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string> _namespace = new("--namespace", "-n")
    {
        Description = "The release's namespace: where the Secrets and ConfigMaps are that RuntimeConfigs name",
        HelpName = "NAMESPACE",
        DefaultValueFactory = _ => DefaultNamespace,
    };

    private readonly Option<string[]> _images = new("--protect-image")
    {
        Description = "An image that no revision may keep from a node, with who runs it: agent=registry.example/ocid:0.1.0",
        HelpName = "ROLE=IMAGE",
    };

    /// <summary>Renders as this program's version would.</summary>
    public static Renderer Renderer { get; } = new(typeof(ClusterOptions).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0]);

    public void AddTo(Command command)
    {
        command.Options.Add(_files);
        command.Options.Add(_namespace);
        command.Options.Add(_images);
    }

    /// <exception cref="ManifestException">A manifest is wrong; everything is listed.</exception>
    public ClusterSnapshot Read(ParseResult parsed, Terminal terminal)
    {
        var reader = new ClusterReader(parsed.GetValue(_namespace)!);
        foreach (var file in parsed.GetValue(_files)!)
        {
            if (file == "-")
                reader.Read("standard input", terminal.Input);
            else
            {
                using var content = File.OpenText(file);
                reader.Read(file, content);
            }
        }

        return reader.Finish([.. (parsed.GetValue(_images) ?? []).Select(text => Image(text, parsed.GetValue(_namespace)!))]);
    }

    private static ProtectedImage Image(string text, string releaseNamespace) => text.Split('=', 2) is [{ Length: > 0 } role, var image]
        ? new ProtectedImage(role, ImageReference.Parse(image), releaseNamespace)
        : throw new OcidException(ErrorKind.InvalidArgument, $"--protect-image {Quoted.Text(text)}: want ROLE=IMAGE");
}
