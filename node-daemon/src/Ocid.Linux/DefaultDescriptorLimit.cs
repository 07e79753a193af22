namespace Ocid.Linux;

// While it lives, children are born with the kernel's default soft limit of descriptors. .NET raised this process's own to
// the hard limit before any code of ours ran; a program that uses select(2), or closes every descriptor up to the limit, does
// not expect that. posix_spawn cannot set a child's limits, so for that moment this process has the lower one itself.
internal readonly ref struct DefaultDescriptorLimit : IDisposable
{
    private const int KernelDefault = 1024;

    // What other threads may open meanwhile. A process that has more open than fits below passes its own limit on.
    private const int Margin = 256;

    private readonly Libc.rlimit_t _own;
    private readonly bool _lowered;

    /// <param name="lowestFree">About the lowest number that a new descriptor would get.</param>
    public DefaultDescriptorLimit(int lowestFree)
    {
        _lowered = lowestFree + Margin < KernelDefault
            && Libc.getrlimit(Libc.RLIMIT_NOFILE, out _own) == 0
            && _own.rlim_cur > KernelDefault
            && Libc.setrlimit(Libc.RLIMIT_NOFILE, new Libc.rlimit_t { rlim_cur = KernelDefault, rlim_max = _own.rlim_max }) == 0;
    }

    public void Dispose()
    {
        if (_lowered)
            Syscall.Check(Libc.setrlimit(Libc.RLIMIT_NOFILE, _own), "setrlimit", "RLIMIT_NOFILE");
    }
}
