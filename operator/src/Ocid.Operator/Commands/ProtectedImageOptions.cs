using System.CommandLine;
using Ocid.Operator.Controllers;
using Ocid.Operator.Merging;
using Ocid.Primitives;

namespace Ocid.Operator.Commands;

/// <summary>The images without which a node could not be changed any more.</summary>
internal sealed class ProtectedImageOptions
{
    private static readonly string[] OnNodes = ["agent", "canary"];

    private readonly Option<string[]> _images = new("--protect-image")
    {
        Description = "An image that no revision may keep from a node, with who runs it: agent=registry.example/ocid:0.1.0",
        HelpName = "ROLE=IMAGE",
    };

    public void AddTo(Command command) => command.Options.Add(_images);

    /// <exception cref="OcidException">InvalidArgument: no role, or no image.</exception>
    public IReadOnlyList<ProtectedImage> Read(ParseResult parsed, ClusterScope scope) => [.. (parsed.GetValue(_images) ?? []).Select(text => Image(text, scope))];

    private static ProtectedImage Image(string text, ClusterScope scope) => text.Split('=', 2) is [{ Length: > 0 } role, var image]
        ? new ProtectedImage(role, ImageReference.Parse(image), OnNodes.Contains(role) ? scope.AgentNamespace : scope.Namespace)
        : throw new OcidException(ErrorKind.InvalidArgument, $"--protect-image {Quoted.Text(text)}: want ROLE=IMAGE");
}
