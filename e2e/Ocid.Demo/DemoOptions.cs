namespace Ocid.Demo;

internal sealed record DemoOptions(string? Program, string Runtime)
{
    /// <summary>The options that the arguments say, or null where they say something else.</summary>
    public static DemoOptions? Parse(string[] arguments)
    {
        var options = new DemoOptions(null, "runc");
        for (var i = 0; i + 1 < arguments.Length; i += 2)
        {
            switch (arguments[i])
            {
                case "--ocid":
                    options = options with { Program = arguments[i + 1] };
                    break;
                case "--runtime" when arguments[i + 1] is "runc" or "crun":
                    options = options with { Runtime = arguments[i + 1] };
                    break;
                default:
                    return null;
            }
        }
        return arguments.Length % 2 == 0 ? options : null;
    }
}
