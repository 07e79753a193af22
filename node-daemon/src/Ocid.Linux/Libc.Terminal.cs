using System.Runtime.InteropServices;

namespace Ocid.Linux;

// sys/ioctl.h for terminals
internal static partial class Libc
{
    internal const nuint TIOCSWINSZ = 0x5414;

    [StructLayout(LayoutKind.Sequential)]
    internal struct winsize_t
    {
        public ushort ws_row;
        public ushort ws_col;
        public ushort ws_xpixel;
        public ushort ws_ypixel;
    }

    [LibraryImport(Library, EntryPoint = "ioctl", SetLastError = true)]
    internal static partial int ioctl_winsize(FileDescriptor fd, nuint request, ref winsize_t size);
}
