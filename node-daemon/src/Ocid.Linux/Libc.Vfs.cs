using System.Runtime.InteropServices;

namespace Ocid.Linux;

// sys/vfs.h; the layout is the one of 64-bit architectures
internal static partial class Libc
{
    [StructLayout(LayoutKind.Sequential)]
    internal struct statfs_t
    {
        public long f_type;
        public long f_bsize;
        public ulong f_blocks;
        public ulong f_bfree;
        public ulong f_bavail;
        public ulong f_files;
        public ulong f_ffree;
        public int f_fsid0;
        public int f_fsid1;
        public long f_namelen;
        public long f_frsize;
        public long f_flags;
        public long f_spare0;
        public long f_spare1;
        public long f_spare2;
        public long f_spare3;
    }

    [LibraryImport(Library, EntryPoint = "statfs64", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int statfs(string path, out statfs_t buf);
}
