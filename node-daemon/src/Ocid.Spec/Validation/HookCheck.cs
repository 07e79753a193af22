using Ocid.Primitives;
using Ocid.Spec.Schema;

namespace Ocid.Spec.Validation;

internal static class HookCheck
{
    public static void Check(SpecHooks? hooks, FaultList faults)
    {
        if (hooks is null)
            return;

        CheckAll("prestart", hooks.Prestart, faults);
        CheckAll("createRuntime", hooks.CreateRuntime, faults);
        CheckAll("createContainer", hooks.CreateContainer, faults);
        CheckAll("startContainer", hooks.StartContainer, faults);
        CheckAll("poststart", hooks.Poststart, faults);
        CheckAll("poststop", hooks.Poststop, faults);
    }

    private static void CheckAll(string stage, IReadOnlyList<SpecHook>? hooks, FaultList faults)
    {
        foreach (var hook in hooks ?? [])
        {
            faults.Require(hook.Path.StartsWith('/'), $"hooks.{stage}", $"{Quoted.Text(hook.Path)} is not absolute");
            faults.Require(hook.Timeout is null or > 0, $"hooks.{stage}", $"timeout {hook.Timeout} of {Quoted.Text(hook.Path)} is not above 0");
        }
    }
}
