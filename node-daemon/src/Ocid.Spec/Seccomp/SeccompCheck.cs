using Ocid.Primitives;

namespace Ocid.Spec.Seccomp;

// A profile that a runtime would refuse, or worse read differently, is refused when it is read.
internal static class SeccompCheck
{
    private static readonly string[] Actions =
    [
        "SCMP_ACT_KILL", "SCMP_ACT_KILL_PROCESS", "SCMP_ACT_KILL_THREAD", "SCMP_ACT_TRAP", "SCMP_ACT_ERRNO", "SCMP_ACT_TRACE", "SCMP_ACT_ALLOW",
        "SCMP_ACT_LOG", "SCMP_ACT_NOTIFY",
    ];

    private static readonly string[] Operators =
        ["SCMP_CMP_NE", "SCMP_CMP_LT", "SCMP_CMP_LE", "SCMP_CMP_EQ", "SCMP_CMP_GE", "SCMP_CMP_GT", "SCMP_CMP_MASKED_EQ"];

    public static void Check(SeccompDocument document)
    {
        Action("default action", document.DefaultAction);
        if (document.ArchMap is { Count: > 0 } && document.Architectures is { Count: > 0 })
            throw Refused("archMap and architectures exclude each other");
        foreach (var rule in document.Syscalls ?? [])
            CheckRule(rule);
    }

    private static void CheckRule(SeccompRule rule)
    {
        if (rule.Names is not { Count: > 0 } == rule.Name is not { Length: > 0 })
            throw Refused("a rule needs either names or name");
        Action("action", rule.Action);
        foreach (var argument in rule.Args ?? [])
        {
            if (argument.Index > 5 || !Operators.Contains(argument.Op, StringComparer.Ordinal))
                throw Refused($"argument {argument.Index} {Quoted.Text(argument.Op)}: want index 0 to 5 and an SCMP_CMP_ operator");
        }

        foreach (var kernel in new[] { rule.Includes?.MinKernel, rule.Excludes?.MinKernel })
        {
            if (kernel is { Length: > 0 } && !Version.TryParse(kernel, out _))
                throw Refused($"minKernel {Quoted.Text(kernel)}: want major.minor");
        }
    }

    private static void Action(string what, string action)
    {
        if (!Actions.Contains(action, StringComparer.Ordinal))
            throw Refused($"{what} {Quoted.Text(action)}: unknown");
    }

    private static OcidException Refused(string reason) => new(ErrorKind.InvalidArgument, "seccomp profile: " + reason);
}
