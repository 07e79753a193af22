namespace Ocid.Spec.Schema;

/// <summary>A condition on one argument of a system call.</summary>
public sealed record LinuxSyscallArgument
{
    /// <summary>Which argument, from 0.</summary>
    public required uint Index { get; init; }

    /// <summary>What it is compared to.</summary>
    public required ulong Value { get; init; }

    /// <summary>The second operand of SCMP_CMP_MASKED_EQ.</summary>
    public ulong? ValueTwo { get; init; }

    /// <summary>SCMP_CMP_ name.</summary>
    public required string Op { get; init; }
}
