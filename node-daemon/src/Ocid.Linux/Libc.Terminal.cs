using System.Runtime.InteropServices;

namespace Ocid.Linux;

// sys/ioctl.h for terminals
internal static partial class Libc
{
    internal const nuint TCGETS = 0x5401;
    internal const nuint TCSETSW = 0x5403;
    internal const nuint TIOCGWINSZ = 0x5413;
    internal const nuint TIOCSWINSZ = 0x5414;

    // cfmakeraw(3): IGNBRK BRKINT PARMRK ISTRIP INLCR IGNCR ICRNL IXON; ECHO ECHONL ICANON ISIG IEXTEN; CSIZE PARENB
    internal const uint RawInput = 0x1 | 0x2 | 0x8 | 0x20 | 0x40 | 0x80 | 0x100 | 0x400;
    internal const uint RawLocal = 0x8 | 0x40 | 0x2 | 0x1 | 0x8000;
    internal const uint RawControl = 0x30 | 0x100;
    internal const uint OPOST = 0x1;
    internal const uint CS8 = 0x30;
    internal const int VTIME = 5;
    internal const int VMIN = 6;

    [StructLayout(LayoutKind.Sequential)]
    internal struct winsize_t
    {
        public ushort ws_row;
        public ushort ws_col;
        public ushort ws_xpixel;
        public ushort ws_ypixel;
    }

    // the kernel's, not glibc's, which is longer
    [StructLayout(LayoutKind.Sequential)]
    internal unsafe struct termios_t
    {
        public uint c_iflag;
        public uint c_oflag;
        public uint c_cflag;
        public uint c_lflag;
        public byte c_line;
        public fixed byte c_cc[19];
    }

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    internal static unsafe partial int ioctl_termios(FileDescriptor fd, nuint request, termios_t* state);

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int ioctl_winsize(FileDescriptor fd, nuint request, ref winsize_t size);
}
