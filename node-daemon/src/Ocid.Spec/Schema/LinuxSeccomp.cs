namespace Ocid.Spec.Schema;

/// <summary>A system call filter.</summary>
public sealed record LinuxSeccomp
{
    /// <summary>Action for calls that no rule names, SCMP_ACT_ERRNO for example.</summary>
    public required string DefaultAction { get; init; }

    /// <summary>errno of the default action.</summary>
    public uint? DefaultErrnoRet { get; init; }

    /// <summary>SCMP_ARCH_ names beside the native one.</summary>
    public IReadOnlyList<string>? Architectures { get; init; }

    /// <summary>SECCOMP_FILTER_FLAG_ names.</summary>
    public IReadOnlyList<string>? Flags { get; init; }

    /// <summary>Socket that is handed the notify descriptor.</summary>
    public string? ListenerPath { get; init; }

    /// <summary>Opaque text for the listener.</summary>
    public string? ListenerMetadata { get; init; }

    /// <summary>The rules.</summary>
    public IReadOnlyList<LinuxSyscall>? Syscalls { get; init; }
}
