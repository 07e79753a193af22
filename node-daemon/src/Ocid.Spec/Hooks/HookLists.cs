using Ocid.Spec.Schema;

namespace Ocid.Spec.Hooks;

internal static class HookLists
{
    public static readonly IReadOnlyList<string> Stages = ["prestart", "createRuntime", "createContainer", "startContainer", "poststart", "poststop"];

    /// <summary>The hooks with one more at the end of a stage's.</summary>
    public static SpecHooks With(this SpecHooks? hooks, string stage, SpecHook hook)
    {
        hooks ??= new SpecHooks();
        return stage switch
        {
            "prestart" => hooks with { Prestart = [.. hooks.Prestart ?? [], hook] },
            "createRuntime" => hooks with { CreateRuntime = [.. hooks.CreateRuntime ?? [], hook] },
            "createContainer" => hooks with { CreateContainer = [.. hooks.CreateContainer ?? [], hook] },
            "startContainer" => hooks with { StartContainer = [.. hooks.StartContainer ?? [], hook] },
            "poststart" => hooks with { Poststart = [.. hooks.Poststart ?? [], hook] },
            "poststop" => hooks with { Poststop = [.. hooks.Poststop ?? [], hook] },
            _ => throw new ArgumentOutOfRangeException(nameof(stage), stage, "no stage"),
        };
    }
}
