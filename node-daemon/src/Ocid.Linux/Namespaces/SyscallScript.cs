using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Ocid.Linux.Namespaces;

/// <summary>
/// System calls prepared outside a namespace and run inside it one after the other, up to the first that fails. Nothing is
/// allocated and no method is called for the first or the thirtieth time in there: each may make the runtime start a thread (tiered
/// compilation, garbage collection), which would live in the pod's namespace.
/// </summary>
internal sealed unsafe class SyscallScript : IDisposable
{
    /// <summary>As an argument: the result of the last call that was added with <c>keep</c>.</summary>
    public const int Kept = int.MinValue;

    private readonly List<RawCall> _calls = [];
    private readonly List<nint> _memory = [];
    private bool _asOther;

    private record struct RawCall(string Name, string? Target, nint Number, nint A, nint B, nint C, nint D, nint E, bool Keep);

    /// <summary>Adds a call; name and target are for the error message.</summary>
    public void Add(string name, string? target, nint number, nint a = 0, nint b = 0, nint c = 0, nint d = 0, nint e = 0, bool keep = false) =>
        _calls.Add(new RawCall(name, target, number, a, b, c, d, e, keep));

    /// <summary>The calls after this are made as another user, of this thread alone.</summary>
    public void Become(uint user)
    {
        _asOther = true;
        Add("setresuid", $"{user}", SyscallNumbers.setresuid, -1, (nint)user, -1);
    }

    /// <summary>The text in native memory, zero-terminated, for as long as the script.</summary>
    public nint Text(string text) => Bytes(Encoding.UTF8.GetBytes(text + "\0"));

    /// <summary>The bytes in native memory, for as long as the script.</summary>
    public nint Bytes(ReadOnlySpan<byte> bytes)
    {
        var memory = (nint)NativeMemory.Alloc((nuint)Math.Max(bytes.Length, 1));
        _memory.Add(memory);
        bytes.CopyTo(new Span<byte>((void*)memory, bytes.Length));
        return memory;
    }

    /// <summary>Runs the calls, then goes home whatever they did.</summary>
    /// <returns>The kept result, or 0.</returns>
    /// <exception cref="LinuxException">A call failed; those after it did not run.</exception>
    public nint Run(NamespaceHome home)
    {
        var calls = _calls.ToArray();
        Libc.raw_syscall(SyscallNumbers.close, -1, 0, 0, 0, 0); // binds the stub here rather than inside
        var errno = 0;
        nint kept = 0;
        var done = RunInside(calls, home.Descriptors, _asOther, ref kept, ref errno);
        if (done == calls.Length)
            return kept;
        if (done > calls.Length)
            throw new LinuxException("setns", "back to the namespaces of the process", (Errno)errno);
        throw new LinuxException(calls[done].Name, calls[done].Target, (Errno)errno);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var memory in _memory)
            NativeMemory.Free((void*)memory);
        _memory.Clear();
    }

    // AggressiveOptimization: compiled once and never counted by tiered compilation.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int RunInside(RawCall[] calls, int[] home, bool asOther, ref nint kept, ref int errno)
    {
        var (setns, setresuid) = (SyscallNumbers.setns, SyscallNumbers.setresuid);
        var done = 0;
        while (done < calls.Length)
        {
            ref var call = ref calls[done];
            var result = Libc.raw_syscall(
                call.Number,
                call.A == Kept ? kept : call.A,
                call.B,
                call.C,
                call.D,
                call.E);
            if (result < 0)
            {
                errno = Marshal.GetLastSystemError();
                if (errno == (int)Errno.EINTR)
                    continue;
                break;
            }

            if (call.Keep)
                kept = result;
            done++;
        }

        // Of a user that a call became, no way leads home.
        if (asOther)
            Libc.raw_syscall(setresuid, -1, 0, -1, 0, 0);
        for (var i = 0; i < home.Length; i++)
        {
            if (Libc.raw_syscall(setns, home[i], 0, 0, 0, 0) < 0)
            {
                errno = Marshal.GetLastSystemError();
                return calls.Length + 1;
            }
        }

        return done;
    }
}
