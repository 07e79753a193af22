using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Ocid.Linux.Mounting;

// Both ways run on a thread with a working directory of its own, so that layers can be named by short relative paths.
internal static class Overlays
{
    // fsconfig(2) takes strings of at most 255 bytes; mount(2) one page of options altogether.
    private const int LongestParameter = 255;
    private const int LongestOptions = 4095;

    // An older kernel's overlayfs takes any parameter, also lowerdir+ which it does not know, and refuses them together at the end with no word of why.
    private static readonly Lazy<bool> s_readsParameters = new(() => ReadsParameters("overlay"));

    /// <param name="overlay">What to mount.</param>
    /// <param name="byOptions">Mounts with mount(2) where the newer calls would do too: for tests.</param>
    public static Task MountAsync(OverlayMount overlay, bool byOptions = false) => OwnThread.RunAsync(() =>
    {
        Syscall.Check(Libc.unshare(Libc.CLONE_FS), "unshare");
        Syscall.Check(Libc.chdir(overlay.Directory), "chdir", overlay.Directory);
        if (byOptions || !s_readsParameters.Value || !TryMountByContext(overlay))
            MountByOptions(overlay);
    });

    /// <summary>Whether a file system of this kernel looks at each parameter that fsconfig(2) brings (overlay: since 6.5).</summary>
    internal static bool ReadsParameters(string fileSystem)
    {
        var opened = Libc.fsopen(fileSystem, Libc.FSOPEN_CLOEXEC);
        if (opened < 0)
            return false;
        using var context = new SafeFileHandle(opened, ownsHandle: true);
        return Libc.fsconfig(opened, Libc.FSCONFIG_SET_FLAG, "no-file-system-knows-this", null) < 0;
    }

    /// <summary>False when this kernel, or these paths, need mount(2).</summary>
    private static bool TryMountByContext(OverlayMount overlay)
    {
        if (Paths(overlay).Any(path => Encoding.UTF8.GetByteCount(path) > LongestParameter))
            return false;

        var opened = Libc.fsopen("overlay", Libc.FSOPEN_CLOEXEC);
        if (opened < 0)
            throw LinuxException.Last("fsopen", "overlay");

        using var context = new SafeFileHandle(opened, ownsHandle: true);
        foreach (var lower in overlay.Lower)
        {
            if (Libc.fsconfig(opened, Libc.FSCONFIG_SET_STRING, "lowerdir+", lower) < 0)
            {
                // An older kernel does not know the name; a newer one says what is wrong with the directory.
                if (Syscall.LastErrno == Errno.EINVAL && !Messages(context).Any(message => message.StartsWith("e ", StringComparison.Ordinal) && !message.Contains("Unknown parameter", StringComparison.Ordinal)))
                    return false;
                throw Failure(context, "lower directory " + lower, overlay);
            }
        }

        if (overlay.Upper is not null)
        {
            Set(context, "upperdir", overlay.Upper, overlay);
            Set(context, "workdir", overlay.Work, overlay);
        }

        foreach (var option in overlay.Options)
        {
            var separator = option.IndexOf('=', StringComparison.Ordinal);
            Set(context, separator < 0 ? option : option[..separator], separator < 0 ? null : option[(separator + 1)..], overlay);
        }

        if (overlay.Label is not null)
            Set(context, "context", overlay.Label, overlay);
        Set(context, "source", "overlay", overlay);
        if (overlay.Flags.HasFlag(MountOptions.ReadOnly) || overlay.Upper is null)
            Set(context, "ro", null, overlay);
        if (Libc.fsconfig(opened, Libc.FSCONFIG_CMD_CREATE, null, null) < 0)
            throw Failure(context, "create", overlay);

        using var mounted = new SafeFileHandle(
            Syscall.Check(Libc.fsmount(opened, Libc.FSMOUNT_CLOEXEC, Attributes(overlay.Flags)), "fsmount", overlay.Target), ownsHandle: true);
        Syscall.Check(Libc.move_mount((int)mounted.DangerousGetHandle(), overlay.Target), "move_mount", overlay.Target);
        return true;
    }

    private static void MountByOptions(OverlayMount overlay)
    {
        var options = new StringBuilder("lowerdir=").AppendJoin(':', overlay.Lower.Select(lower => Escape(lower, ":")));
        if (overlay.Upper is not null)
            options.Append(",upperdir=").Append(Escape(overlay.Upper, "")).Append(",workdir=").Append(Escape(overlay.Work!, ""));
        foreach (var option in overlay.Options)
            options.Append(',').Append(option);
        if (overlay.Label is not null)
            options.Append(",context=\"").Append(overlay.Label).Append('"');

        var text = options.ToString();
        if (Encoding.UTF8.GetByteCount(text) > LongestOptions)
            throw new LinuxException("mount overlay of " + overlay.Lower.Count + " layers at", overlay.Target, Errno.ENAMETOOLONG);
        var flags = overlay.Upper is null ? overlay.Flags | MountOptions.ReadOnly : overlay.Flags;
        Mounts.Mount("overlay", "overlay", overlay.Target, flags, text);
    }

    private static string Escape(string path, string alsoSpecial) =>
        string.Concat(path.Select(c => c is '\\' or ',' || alsoSpecial.Contains(c, StringComparison.Ordinal) ? "\\" + c : c.ToString()));

    private static IEnumerable<string> Paths(OverlayMount overlay) => overlay.Lower.Append(overlay.Upper ?? "").Append(overlay.Work ?? "");

    private static void Set(SafeFileHandle context, string key, string? value, OverlayMount overlay)
    {
        if (Libc.fsconfig((int)context.DangerousGetHandle(), value is null ? Libc.FSCONFIG_SET_FLAG : Libc.FSCONFIG_SET_STRING, key, value) < 0)
            throw Failure(context, value is null ? key : $"{key}={value}", overlay);
    }

    private static LinuxException Failure(SafeFileHandle context, string step, OverlayMount overlay)
    {
        var errno = Syscall.LastErrno;
        var said = string.Join("; ", Messages(context).Select(message => message.Length > 2 ? message[2..] : message));
        return new LinuxException($"overlay {step}{(said.Length == 0 ? "" : $" ({said})")} for", overlay.Target, errno);
    }

    // Each read gives one message: a letter for its level, a space, the text.
    private static List<string> Messages(SafeFileHandle context)
    {
        var messages = new List<string>();
        Span<byte> buffer = stackalloc byte[512];
        while (ReadOnce(context, buffer) is var length and > 0)
            messages.Add(Encoding.UTF8.GetString(buffer[..length]).TrimEnd());
        return messages;
    }

    private static unsafe int ReadOnce(SafeFileHandle context, Span<byte> buffer)
    {
        fixed (byte* start = buffer)
            return (int)Libc.read((int)context.DangerousGetHandle(), start, (nuint)buffer.Length);
    }

    // MOUNT_ATTR_* differ from MS_* above the first four.
    private static uint Attributes(MountOptions flags) =>
        (uint)(flags & (MountOptions.ReadOnly | MountOptions.NoSuid | MountOptions.NoDev | MountOptions.NoExec))
        | (flags.HasFlag(MountOptions.NoAtime) ? 0x10u : 0)
        | (flags.HasFlag(MountOptions.NoDirAtime) ? 0x80u : 0);
}
