namespace Ocid.Spec.Schema;

/// <summary>A rule for some system calls.</summary>
public sealed record LinuxSyscall
{
    /// <summary>Their names.</summary>
    public required IReadOnlyList<string> Names { get; init; }

    /// <summary>What happens, SCMP_ACT_ALLOW for example.</summary>
    public required string Action { get; init; }

    /// <summary>errno of SCMP_ACT_ERRNO.</summary>
    public uint? ErrnoRet { get; init; }

    /// <summary>Conditions on arguments, all of which must hold.</summary>
    public IReadOnlyList<LinuxSyscallArgument>? Args { get; init; }
}
