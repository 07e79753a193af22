using System.Globalization;

namespace Ocid.Linux;

/// <summary>What this process does to itself.</summary>
public static class SelfProcess
{
    /// <summary>The user that this process runs as.</summary>
    public static uint User => Libc.geteuid();

    /// <summary>
    /// Has malloc give back what is freed: two arenas in all and not eight for each processor, whose memory stays when its threads end, and
    /// thresholds that stay where they are and do not rise to 64 MiB with the first big block freed. For a start, before there are threads.
    /// See https://man7.org/linux/man-pages/man3/mallopt.3.html.
    /// </summary>
    public static void KeepMallocSmall()
    {
        const int Threshold = 256 * 1024;
        _ = Libc.mallopt(Libc.M_ARENA_MAX, 2);
        _ = Libc.mallopt(Libc.M_MMAP_THRESHOLD, Threshold);
        _ = Libc.mallopt(Libc.M_TRIM_THRESHOLD, Threshold);
    }

    /// <summary>Has malloc give back every page that holds nothing. See https://man7.org/linux/man-pages/man3/malloc_trim.3.html.</summary>
    public static void TrimMalloc() => _ = Libc.malloc_trim(0);

    /// <summary>
    /// Lets go of the pages of the program's file that are mapped shared and read-only: metadata, most of which only the start reads. They come back from the file when
    /// they are needed, and such a mapping has nothing that is not in the file. See https://man7.org/linux/man-pages/man2/madvise.2.html, MADV_DONTNEED.
    /// </summary>
    public static void LetGoOfProgramMetadata()
    {
        foreach (var line in File.ReadLines("/proc/self/maps").Where(line => line.Contains(" r--s ", StringComparison.Ordinal) && line.EndsWith(Environment.ProcessPath!, StringComparison.Ordinal)))
        {
            var range = line[..line.IndexOf(' ')].Split('-').Select(address => nuint.Parse(address, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray();
            _ = Libc.madvise((nint)range[0], range[1] - range[0], Libc.MADV_DONTNEED);
        }
    }

    /// <summary>Makes this process the parent of every orphan among its descendants.</summary>
    public static void BecomeSubReaper() => Syscall.Check(Libc.prctl(Libc.PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0), "prctl", "PR_SET_CHILD_SUBREAPER");

    /// <summary>Reaps orphans that nobody here waits for.</summary>
    /// <param name="isAwaited">Whether a pid is one that the caller will reap itself.</param>
    public static void ReapOrphans(Func<int, bool> isAwaited) => ChildProcess.WhileNoneIsBorn(() =>
    {
        var any = default(Libc.siginfo_t);
        if (Libc.waitid(Libc.P_ALL, 0, ref any, Libc.WEXITED | Libc.WNOHANG | Libc.WNOWAIT) < 0 || any.si_pid == 0)
            return;
        foreach (var pid in Children())
        {
            var info = default(Libc.siginfo_t);
            if (!ChildProcess.IsWaitedFor(pid) && !isAwaited(pid))
                _ = Libc.waitid(Libc.P_PID, pid, ref info, Libc.WEXITED | Libc.WNOHANG);
        }
    });

    /// <summary>The number by which this process's next program finds a descriptor that survives <see cref="Replace"/>.</summary>
    public static int NumberOf(FileDescriptor descriptor) => descriptor.Number;

    /// <summary>Takes over a descriptor that this process's former program left.</summary>
    public static FileDescriptor Claim(int number)
    {
        var descriptor = new FileDescriptor(number);
        Descriptor.SetCloseOnExec(descriptor, close: true);
        return descriptor;
    }

    /// <summary>A file without a name that holds <paramref name="content"/>.</summary>
    public static FileDescriptor MemoryFile(string name, ReadOnlySpan<byte> content)
    {
        var file = new FileDescriptor(Syscall.Check(Libc.memfd_create(name, Libc.MFD_CLOEXEC), "memfd_create"));
        while (content.Length > 0 && Descriptor.TryWrite(file, content, out var count))
            content = content[count..];
        return file;
    }

    /// <summary>The content of a <see cref="MemoryFile"/>, wherever its position is.</summary>
    public static byte[] ReadMemoryFile(FileDescriptor file)
    {
        var content = new byte[Libc.lseek_fd(file, 0, 2)];
        _ = Libc.lseek_fd(file, 0, 0);
        for (var at = 0; at < content.Length && Descriptor.TryRead(file, content.AsSpan(at), out var count) && count > 0;)
            at += count;
        return content;
    }

    /// <summary>
    /// Replaces this process's program by another; pid, children and the sub-reaper bit stay, all threads end. Returns only by
    /// throwing, with everything as before.
    /// </summary>
    /// <param name="program">Its absolute path.</param>
    /// <param name="arguments">Those after its name.</param>
    /// <param name="survivors">The descriptors that stay open.</param>
    public static unsafe void Replace(string program, IReadOnlyList<string> arguments, IReadOnlyList<FileDescriptor> survivors)
    {
        foreach (var survivor in survivors)
            Descriptor.SetCloseOnExec(survivor, close: false);
        var environment = new List<string>();
        foreach (System.Collections.DictionaryEntry entry in Environment.GetEnvironmentVariables())
            environment.Add($"{entry.Key}={entry.Value}");
        _ = Libc.execve(program, SpawnActions.NativeStrings([program, .. arguments]), SpawnActions.NativeStrings(environment));
        var failure = LinuxException.Last("execve", program);
        foreach (var survivor in survivors)
            Descriptor.SetCloseOnExec(survivor, close: true);
        throw failure;
    }

    private static IEnumerable<int> Children()
    {
        foreach (var task in Directory.EnumerateDirectories("/proc/self/task"))
        {
            string children;
            try
            {
                children = File.ReadAllText(Path.Combine(task, "children"));
            }
            catch (IOException) // the thread has ended
            {
                continue;
            }

            foreach (var pid in children.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                yield return int.Parse(pid, CultureInfo.InvariantCulture);
        }
    }
}
