namespace Ocid.Linux;

/// <summary>How a process ended.</summary>
/// <param name="Code">The exit code, or 128 + n when signal n ended it.</param>
/// <param name="Signal">The signal that ended it, or 0.</param>
public readonly record struct ExitStatus(int Code, int Signal)
{
    /// <summary>Ended by itself with code 0.</summary>
    public bool IsSuccess => Code == 0;

    internal static ExitStatus FromChild(in Libc.siginfo_t info) =>
        info.si_code == Libc.CLD_EXITED ? new(info.si_status, 0) : new(128 + info.si_status, info.si_status);

    // The status word of wait(2).
    internal static ExitStatus FromWord(int word) =>
        (word & 0x7f) == 0 ? new((word >> 8) & 0xff, 0) : new(128 + (word & 0x7f), word & 0x7f);
}
