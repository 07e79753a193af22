namespace Ocid.Linux;

/// <summary>What an <see cref="EventLoop"/> waits for on a descriptor; the kernel's epoll bits.</summary>
[Flags]
public enum EventMask : uint
{
    /// <summary>Only errors and hang-ups, which are always reported.</summary>
    None = 0,

    /// <summary>There is something to read; for a pidfd: the process has exited.</summary>
    Read = 0x001,

    /// <summary>Writing would not block.</summary>
    Write = 0x004,

    /// <summary>An error is pending; for the write end of a pipe: nobody reads.</summary>
    Error = 0x008,

    /// <summary>The other side is gone; for a pidfd: the process was reaped.</summary>
    HangUp = 0x010,

    /// <summary>Report once, then only after the watch is changed.</summary>
    OneShot = 1u << 30,

    /// <summary>Report when something arrives, not while something is there.</summary>
    EdgeTriggered = 1u << 31,
}
