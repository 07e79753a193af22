namespace Ocid.Spec.Seccomp;

internal sealed record SeccompArchitectureMap
{
    public required string Architecture { get; init; }

    public IReadOnlyList<string>? SubArchitectures { get; init; }
}
