namespace Ocid.Linux.Namespaces;

/// <summary>The namespaces that the current thread is about to leave, held open so that it can come back.</summary>
internal sealed class NamespaceHome : IDisposable
{
    private readonly FileDescriptor[] _held;

    private NamespaceHome(FileDescriptor[] held)
    {
        _held = held;
        Descriptors = [.. held.Select(one => one.Number)];
    }

    public int[] Descriptors { get; }

    public static NamespaceHome Open(NamespaceKinds kinds)
    {
        var held = new List<FileDescriptor>(4);
        foreach (var (kind, name) in NamespaceFiles.All)
        {
            if (kinds.HasFlag(kind))
                held.Add(NamespaceCalls.Open($"/proc/thread-self/ns/{name}"));
        }

        return new NamespaceHome([.. held]);
    }

    public void Return()
    {
        foreach (var one in _held)
            NamespaceCalls.Enter(one, NamespaceKinds.None, "back to the namespaces of the process");
    }

    public void Dispose()
    {
        foreach (var one in _held)
            one.Dispose();
    }
}
