using System.Text;

namespace Ocid.Runtime.Confinement;

/// <summary>What this host's SELinux policy has for containers: what its lxc_contexts names, as far as the kernel knows it. Debian 12 ships names without the module that defines them.</summary>
/// <param name="root">The root of the files read; another one than / for tests.</param>
/// <remarks>https://github.com/SELinuxProject/selinux/blob/main/libselinux/man/man5/lxc_contexts.5</remarks>
public sealed class SelinuxPolicy(string root = "/")
{
    private const int InvalidArgument = 22;
    private readonly Lazy<Dictionary<string, string>> _contexts = new(() => Read(root));

    /// <summary>Whether the kernel has a policy, be it that it only reports what it would deny.</summary>
    public static bool IsEnabled(string root = "/") => System.IO.File.Exists(Path.Combine(root, "sys/fs/selinux/enforce"));

    /// <summary>What containers run as; null where the policy says nothing of containers.</summary>
    public SelinuxContext? Process => Find("process");

    /// <summary>What the files of containers are; null where the policy says nothing of containers.</summary>
    public SelinuxContext? File => Find("file");

    private SelinuxContext? Find(string name) => _contexts.Value.TryGetValue(name, out var text) ? SelinuxContext.Parse(text) : null;

    private static Dictionary<string, string> Read(string root)
    {
        var type = Pairs(Path.Combine(root, "etc/selinux/config")).GetValueOrDefault("SELINUXTYPE", "targeted");
        return Pairs(Path.Combine(root, "etc/selinux", type, "contexts/lxc_contexts")).Where(pair => IsInPolicy(root, pair.Value)).ToDictionary(StringComparer.Ordinal);
    }

    // What security_check_context(3) does: the kernel refuses what its policy has no such user, role, type or level for.
    private static bool IsInPolicy(string root, string label)
    {
        try
        {
            using var file = new FileStream(Path.Combine(root, "sys/fs/selinux/context"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            file.Write(Encoding.UTF8.GetBytes(label + "\0"));
            return true;
        }
        catch (IOException unknown) when (unknown.HResult == InvalidArgument)
        {
            return false;
        }
    }

    // Lines of NAME = VALUE, the value perhaps in quotes.
    private static Dictionary<string, string> Pairs(string path)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!System.IO.File.Exists(path))
            return pairs;
        foreach (var line in System.IO.File.ReadLines(path))
        {
            var at = line.IndexOf('=', StringComparison.Ordinal);
            if (at > 0 && line.TrimStart()[0] != '#')
                pairs[line[..at].Trim()] = line[(at + 1)..].Trim().Trim('"');
        }

        return pairs;
    }
}
