using Ocid.Spec.Schema;

namespace Ocid.Spec.Seccomp;

internal sealed record SeccompRule
{
    public IReadOnlyList<string>? Names { get; init; }

    public string? Name { get; init; }

    public required string Action { get; init; }

    public uint? ErrnoRet { get; init; }

    public IReadOnlyList<LinuxSyscallArgument>? Args { get; init; }

    public SeccompCondition? Includes { get; init; }

    public SeccompCondition? Excludes { get; init; }
}
