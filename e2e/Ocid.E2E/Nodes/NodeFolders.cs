using System.Security.Cryptography;

namespace Ocid.E2E.Nodes;

/// <summary>Where a test node keeps everything: below one temporary folder whose name also names its bridge and its cgroup.</summary>
public sealed class NodeFolders
{
    private NodeFolders(string suffix)
    {
        Suffix = suffix;
        Root = Path.Combine(Path.GetTempPath(), $"ocid-e2e-{suffix}");
    }

    public string Root { get; }

    /// <summary>Six hexadecimal digits that no other node on the machine has.</summary>
    public string Suffix { get; }

    public string Storage => Path.Combine(Root, "storage");
    public string RunRoot => Path.Combine(Root, "runroot");
    public string State => Path.Combine(Root, "state");
    public string Run => Path.Combine(Root, "run");
    public string NetworkConfiguration => Path.Combine(Root, "net.d");
    public string NetworkCache => Path.Combine(Root, "net-cache");
    public string Addresses => Path.Combine(Root, "addresses");
    public string PodLogs => Path.Combine(Root, "pod-logs");
    public string Output => Path.Combine(Root, "output");

    /// <summary>The node's registries.conf, policy.json and their like, in place of the machine's.</summary>
    public string ImageConfiguration => Path.Combine(Root, "etc");

    /// <summary>The signature policies of namespaces; nobody makes it.</summary>
    public string Policies => Path.Combine(Root, "policies");

    public string Configuration => Path.Combine(Root, "ocid.toml");
    public string Socket => Path.Combine(Run, "ocid.sock");
    public string MonitorSocket => Path.Combine(Run, "monitor.sock");

    public static NodeFolders Create()
    {
        var folders = new NodeFolders(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(3)));
        foreach (var folder in new[]
        {
            folders.Storage, folders.RunRoot, folders.State, folders.Run, folders.NetworkConfiguration, folders.NetworkCache, folders.Addresses,
            folders.PodLogs, folders.Output, folders.ImageConfiguration,
        })
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        return folders;
    }

    /// <summary>The files that pods bring and take away: everything but the image store and the programs' own output.</summary>
    public IReadOnlySet<string> PodFiles() =>
        new[] { State, Run, RunRoot, NetworkCache, Addresses }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFileSystemEntries(folder, "*", new EnumerationOptions
            {
                RecurseSubdirectories = true,
                AttributesToSkip = 0,
                IgnoreInaccessible = true,
            }))
            .Select(path => Path.GetRelativePath(Root, path))
            .ToHashSet();
}
