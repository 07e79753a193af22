using Ocid.Primitives;

namespace Ocid.Linux.Namespaces;

/// <summary>A kernel parameter of a network or IPC namespace. Parameters of the host as a whole cannot be expressed.</summary>
public sealed record Sysctl
{
    private static readonly string[] IpcNames =
        ["kernel.sem", "kernel.shmall", "kernel.shmmax", "kernel.shmmni", "kernel.shm_rmid_forced", "kernel.msgmax", "kernel.msgmnb", "kernel.msgmni"];

    private Sysctl(string name, string value, string path, NamespaceKinds kind) => (Name, Value, Path, Kind) = (name, value, path, kind);

    /// <summary>The name as it was given.</summary>
    public string Name { get; }

    /// <summary>What to write.</summary>
    public string Value { get; }

    /// <summary>The namespace that it belongs to.</summary>
    public NamespaceKinds Kind { get; }

    internal string Path { get; }

    /// <summary>Checks a name and a value.</summary>
    /// <param name="name">Dots or slashes between the parts, as sysctl(8) takes it: <c>net.ipv4.ip_forward</c>, <c>net/ipv4/conf/eth0.1/forwarding</c>.</param>
    /// <param name="value">One line.</param>
    /// <exception cref="OcidException">InvalidArgument: not a sysctl of a namespace that a pod has of its own.</exception>
    public static Sysctl Parse(string name, string value)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(value);
        var parts = Parts(name);
        if (parts.Any(part => part is "" or "." or ".." || part.Any(c => c is <= ' ' or '\x7f')))
            throw Refused(name, "not a valid name");
        if (value.Any(char.IsControl) && value.Any(c => c is not '\t' && char.IsControl(c)))
            throw Refused(name, "its value holds a control character");
        var kind = KindOf(parts) ?? throw Refused(name, "not separate for each pod");
        return new Sysctl(name, value, "/proc/sys/" + string.Join('/', parts), kind);
    }

    // The first separator tells which of the two is the separator and which stands for the other inside a part.
    private static string[] Parts(string name)
    {
        var first = name.IndexOfAny(['.', '/']);
        return first >= 0 && name[first] == '/'
            ? name.Split('/')
            : [.. name.Split('.').Select(part => part.Replace('/', '.'))];
    }

    private static NamespaceKinds? KindOf(string[] parts) => parts switch
    {
        ["net", _, ..] => NamespaceKinds.Network,
        ["fs", "mqueue", _] => NamespaceKinds.Ipc,
        ["kernel", _] when IpcNames.Contains(string.Join('.', parts)) => NamespaceKinds.Ipc,
        _ => null,
    };

    private static OcidException Refused(string name, string reason) =>
        new(ErrorKind.InvalidArgument, $"sysctl {Quoted.Text(name)}: {reason}");
}
