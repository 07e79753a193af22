namespace Ocid.Linux;

/// <summary>What is done to a terminal through its master.</summary>
public static class Terminal
{
    /// <summary>Tells the programs on the terminal its new size.</summary>
    public static void Resize(FileDescriptor master, ushort columns, ushort rows)
    {
        var size = new Libc.winsize_t { ws_row = rows, ws_col = columns };
        Syscall.Check(Libc.ioctl_winsize(master, Libc.TIOCSWINSZ, ref size), "ioctl TIOCSWINSZ");
    }
}
