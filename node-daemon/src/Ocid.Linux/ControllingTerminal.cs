namespace Ocid.Linux;

/// <summary>The terminal that a person has started this program on, as its standard input.</summary>
public static class ControllingTerminal
{
    /// <summary>Whether standard input is a terminal, and its size where it has one.</summary>
    public static bool TryGetSize(out ushort columns, out ushort rows)
    {
        using var input = StandardInput();
        var size = default(Libc.winsize_t);
        var isTerminal = Libc.ioctl_winsize(input, Libc.TIOCGWINSZ, ref size) == 0;
        (columns, rows) = (size.ws_col, size.ws_row);
        return isTerminal;
    }

    /// <summary>Passes every key on as it is pressed, control characters too, and shows none; the result, disposed, undoes it.</summary>
    /// <exception cref="LinuxException">Standard input is no terminal.</exception>
    public static unsafe IDisposable MakeRaw()
    {
        var input = StandardInput();
        var before = default(Libc.termios_t);
        Syscall.Check(Libc.ioctl_termios(input, Libc.TCGETS, &before), "ioctl TCGETS");
        var raw = before;
        raw.c_iflag &= ~Libc.RawInput;
        raw.c_oflag &= ~Libc.OPOST;
        raw.c_lflag &= ~Libc.RawLocal;
        raw.c_cflag = raw.c_cflag & ~Libc.RawControl | Libc.CS8;
        raw.c_cc[Libc.VMIN] = 1;
        raw.c_cc[Libc.VTIME] = 0;
        Syscall.Check(Libc.ioctl_termios(input, Libc.TCSETSW, &raw), "ioctl TCSETSW");
        return new Restore(input, before);
    }

    private static FileDescriptor StandardInput() => new(0, ownsHandle: false);

    private sealed class Restore(FileDescriptor input, Libc.termios_t before) : IDisposable
    {
        // Without a check: a terminal that has gone needs nothing.
        public unsafe void Dispose()
        {
            var state = before;
            _ = Libc.ioctl_termios(input, Libc.TCSETSW, &state);
        }
    }
}
