namespace Ocid.Networking.Tests;

/// <summary>The namespaces that the threads of this process are in; tests that enter others do not run beside those that look.</summary>
[CollectionDefinition(nameof(HostNamespaces))]
public sealed class HostNamespaces
{
    private static readonly string[] Kinds = ["net", "ipc", "uts", "mnt"];

    internal static IReadOnlySet<string> OfThisProcess() => Of("/proc/self/ns");

    internal static IReadOnlySet<string> OfEveryThread()
    {
        var found = new HashSet<string>();
        foreach (var task in Directory.GetDirectories("/proc/self/task"))
            found.UnionWith(Of(task + "/ns"));
        return found;
    }

    private static HashSet<string> Of(string directory)
    {
        try
        {
            return [.. Kinds.Select(kind => File.ResolveLinkTarget($"{directory}/{kind}", false)!.Name)];
        }
        catch (IOException)
        {
            return []; // the thread ended meanwhile
        }
    }
}
