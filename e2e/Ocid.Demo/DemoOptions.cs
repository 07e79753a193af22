namespace Ocid.Demo;

/// <param name="Program">The ocid to run; null: the published one.</param>
/// <param name="Runtime">The OCI runtime of the demonstration's pod.</param>
/// <param name="Command">A program to run while a node is up, in place of the demonstration.</param>
/// <param name="ImagesOnly">Build the test images into artifacts/test-images and do no more, for a machine that cannot download packages.</param>
internal sealed record DemoOptions(string? Program, string Runtime, IReadOnlyList<string> Command, bool ImagesOnly)
{
    /// <summary>The options that the arguments say, or null where they say something else.</summary>
    public static DemoOptions? Parse(string[] arguments)
    {
        var options = new DemoOptions(null, "runc", [], false);
        if (arguments is ["--build-images"])
            return options with { ImagesOnly = true };
        for (var i = 0; i < arguments.Length; i += 2)
        {
            switch (arguments[i])
            {
                case "--":
                    return options with { Command = arguments[(i + 1)..] };
                case "--ocid" when i + 1 < arguments.Length:
                    options = options with { Program = arguments[i + 1] };
                    break;
                case "--runtime" when i + 1 < arguments.Length && arguments[i + 1] is "runc" or "crun":
                    options = options with { Runtime = arguments[i + 1] };
                    break;
                default:
                    return null;
            }
        }
        return options;
    }
}
