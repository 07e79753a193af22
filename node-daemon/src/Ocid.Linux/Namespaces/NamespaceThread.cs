using System.Runtime.ExceptionServices;

namespace Ocid.Linux.Namespaces;

/// <summary>
/// Work in other namespaces, on a thread that exists for it alone. A thread that the runtime starts from there inherits the
/// namespace for good, therefore the work makes raw calls only: no <c>new Socket</c>, no task, no logging, no file stream. The
/// thread goes back before it ends, and the caller, who waits, goes on outside. Even so the runtime may start a thread of its own
/// (tiered compilation) from such work: what a pod's start needs is a verb of <see cref="NamespacePins"/> or
/// <see cref="NetworkNamespace"/>, which run prepared system calls and no managed code inside.
/// </summary>
public static class NamespaceThread
{
    /// <summary>Runs <paramref name="work"/> in fresh namespaces and waits for it. Blocks.</summary>
    /// <param name="kinds">What the thread leaves behind.</param>
    /// <param name="work">Raw calls only.</param>
    /// <exception cref="LinuxException">unshare failed, or what the work threw.</exception>
    public static T Unshare<T>(NamespaceKinds kinds, Func<T> work) =>
        Run(kinds, () => NamespaceCalls.Unshare(kinds), work);

    /// <summary>Runs <paramref name="work"/> in an existing namespace and waits for it. Blocks.</summary>
    /// <param name="kind">The kind of the namespace; a file of another kind is refused.</param>
    /// <param name="path">A pin, or a file of /proc/PID/ns.</param>
    /// <param name="work">Raw calls only.</param>
    /// <exception cref="LinuxException">The namespace cannot be opened or entered, or what the work threw.</exception>
    public static T Enter<T>(NamespaceKinds kind, string path, Func<T> work)
    {
        using var target = NamespaceCalls.Open(path);
        return Run(kind, () => NamespaceCalls.Enter(target, kind, path), work);
    }

    /// <summary>Runs prepared system calls, the first of which leave the host's namespaces, and comes back.</summary>
    internal static nint Run(NamespaceKinds kinds, SyscallScript script) =>
        OnNewThread(() =>
        {
            using var home = NamespaceHome.Open(kinds);
            return script.Run(home);
        });

    private static T Run<T>(NamespaceKinds kinds, Action leave, Func<T> work) =>
        OnNewThread(() =>
        {
            using var home = NamespaceHome.Open(kinds);
            try
            {
                leave();
                return work();
            }
            finally
            {
                home.Return();
            }
        });

    private static T OnNewThread<T>(Func<T> body)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        var thread = new Thread(() =>
        {
            try
            {
                result = body();
            }
            catch (Exception e) // carried to the caller's thread
            {
                failure = ExceptionDispatchInfo.Capture(e);
            }
        })
        {
            IsBackground = true,
            Name = "namespace",
        };
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }
}
