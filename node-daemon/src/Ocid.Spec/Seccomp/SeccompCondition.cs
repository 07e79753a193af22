namespace Ocid.Spec.Seccomp;

// "includes" and "excludes" of a rule. Architectures by Go's names (amd64, arm64), capabilities, and the oldest kernel.
internal sealed record SeccompCondition
{
    public IReadOnlyList<string>? Arches { get; init; }

    public IReadOnlyList<string>? Caps { get; init; }

    public string? MinKernel { get; init; }
}
